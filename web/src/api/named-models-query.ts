import { listNamedModels, type Connection } from '@billumy/protocol';
import { queryOptions } from '@tanstack/react-query';

/** What may be named as the model of a question, or in a key. */
export const namedModelsQuery = (connection: Connection) =>
  queryOptions({
    queryKey: ['named-models'],
    queryFn: ({ signal }) => listNamedModels(connection, signal),
    staleTime: 60_000,
  });
