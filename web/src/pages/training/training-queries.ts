import { getVersion, listJobs, listModels, listVersions, type Connection } from '@billumy/protocol';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

const refreshMs = 5_000;

interface ListPage {
  next: string | null;
}
const paging = {
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ next }: ListPage): string | undefined => next ?? undefined,
};

export const trainingsKey = ['trainings'] as const;
export const trainingsQuery = (connection: Connection) =>
  infiniteQueryOptions({
    queryKey: trainingsKey,
    queryFn: ({ pageParam }) => listJobs(connection, { kind: 'train', after: pageParam }),
    refetchInterval: refreshMs,
    ...paging,
  });

/** The list and each of them: all change when another one comes to answer. */
export const versionsKey = ['versions'] as const;
export const versionsQuery = (connection: Connection) =>
  infiniteQueryOptions({
    queryKey: [...versionsKey, 'list'],
    queryFn: ({ pageParam }) => listVersions(connection, pageParam),
    ...paging,
  });

export const versionQuery = (connection: Connection, id: string) =>
  queryOptions({ queryKey: [...versionsKey, id], queryFn: () => getVersion(connection, id) });

/** The names of models that can learn: those that answer and are on the machine. */
export const trainableModelsQuery = (connection: Connection) =>
  queryOptions({
    queryKey: ['trainable-models'],
    queryFn: async () => {
      const { models } = await listModels(connection);
      return models.filter(({ kind, installed }) => kind === 'language' && installed).map(({ name }) => name);
    },
  });
