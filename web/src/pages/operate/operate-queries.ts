import {
  getQueue,
  getReadiness,
  listApiKeys,
  listAudit,
  listModels,
  listPersonas,
  listUsers,
  type AuditQuery,
  type Connection,
} from '@billumy/protocol';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

const healthEveryMs = 5_000;
const queueEveryMs = 2_000;
const downloadEveryMs = 1_500;
const modelsEveryMs = 10_000;
const pageSize = 50;

interface ListPage {
  next: string | null;
}
const paging = {
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ next }: ListPage): string | undefined => next ?? undefined,
};

export const readinessQuery = (connection: Connection) =>
  queryOptions({
    queryKey: ['readiness'],
    queryFn: ({ signal }) => getReadiness(connection, { signal }),
    refetchInterval: healthEveryMs,
  });

export const queueQuery = (connection: Connection) =>
  queryOptions({ queryKey: ['queue'], queryFn: () => getQueue(connection), refetchInterval: queueEveryMs });

export const modelsKey = ['models'] as const;

/** Asked for more often while something is being downloaded. */
export const modelsQuery = (connection: Connection) =>
  queryOptions({
    queryKey: modelsKey,
    queryFn: async () => (await listModels(connection)).models,
    refetchInterval: ({ state }) =>
      state.data?.some(({ download }) => download?.state === 'running') === true ? downloadEveryMs : modelsEveryMs,
  });

export const personasKey = ['personas'] as const;
export const personasQuery = (connection: Connection) =>
  queryOptions({ queryKey: personasKey, queryFn: async () => (await listPersonas(connection)).personas });

export const keysKey = ['api-keys'] as const;
export const keysQuery = (connection: Connection) =>
  infiniteQueryOptions({
    queryKey: keysKey,
    queryFn: ({ pageParam }) => listApiKeys(connection, { limit: pageSize, after: pageParam }),
    ...paging,
  });

export const usersKey = ['users'] as const;
export const usersQuery = (connection: Connection) =>
  infiniteQueryOptions({
    queryKey: usersKey,
    queryFn: ({ pageParam }) => listUsers(connection, { limit: pageSize, after: pageParam }),
    ...paging,
  });

export const auditQuery = (connection: Connection, filter: Omit<AuditQuery, 'limit' | 'after'>) =>
  infiniteQueryOptions({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam }) => listAudit(connection, { ...filter, limit: pageSize, after: pageParam }),
    staleTime: 0,
    ...paging,
  });
