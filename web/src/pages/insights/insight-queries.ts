import {
  deleteDataset,
  deleteInsights,
  getDataset,
  getInsights,
  listDatasets,
  listInsights,
  type Connection,
} from '@billumy/protocol';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { useConnection } from '../../api/session-context.tsx';

const refreshMs = 2_000;
const reportsKey = ['insights'] as const;
const datasetsKey = ['datasets'] as const;

interface ListPage {
  next: string | null;
}
const paging = {
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ next }: ListPage): string | undefined => next ?? undefined,
};

export const reportsQuery = (connection: Connection) =>
  infiniteQueryOptions({
    queryKey: [...reportsKey, 'list'],
    queryFn: ({ pageParam }) => listInsights(connection, pageParam),
    ...paging,
  });

/** Asked for again while the service works on it. */
export const reportQuery = (connection: Connection, id: string) =>
  queryOptions({
    queryKey: [...reportsKey, id],
    queryFn: () => getInsights(connection, id),
    refetchInterval: ({ state: { data } }) => (data?.status === 'running' ? refreshMs : false),
  });

export const datasetsQuery = (connection: Connection) =>
  infiniteQueryOptions({
    queryKey: [...datasetsKey, 'list'],
    queryFn: ({ pageParam }) => listDatasets(connection, pageParam),
    ...paging,
  });

/** Several tables by their ids. */
export const datasetsOf = (connection: Connection, ids: readonly string[]) =>
  queryOptions({
    queryKey: [...datasetsKey, ...ids],
    queryFn: () => Promise.all(ids.map((id) => getDataset(connection, id))),
  });

/** Tells the lists that an analysis has left a report and, perhaps, tables. */
export function useRefreshLists(): () => void {
  const client = useQueryClient();
  return () => {
    void client.invalidateQueries({ queryKey: reportsKey });
    void client.invalidateQueries({ queryKey: datasetsKey });
  };
}

export function useDeleteReport() {
  const connection = useConnection();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => deleteInsights(connection, id),
    onSuccess: (_nothing, id) => {
      client.removeQueries({ queryKey: [...reportsKey, id] });
      return client.invalidateQueries({ queryKey: [...reportsKey, 'list'] });
    },
  });
}

export function useDeleteDataset() {
  const connection = useConnection();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => deleteDataset(connection, id),
    onSuccess: () => client.invalidateQueries({ queryKey: datasetsKey }),
  });
}
