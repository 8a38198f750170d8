import { listNamedModels, type Connection } from '@billumy/protocol';
import { queryOptions } from '@tanstack/react-query';

export const namedModelsKey = ['named-models'] as const;

/** What may be named as the model of a question, or in a key. */
export const namedModelsQuery = (connection: Connection) =>
  queryOptions({
    queryKey: namedModelsKey,
    queryFn: ({ signal }) => listNamedModels(connection, signal),
    staleTime: 60_000,
  });
