import { listCollections, listNamedModels, type Connection } from '@billumy/protocol';
import { queryOptions } from '@tanstack/react-query';

/** The collections that one may see, all of them; they change with the documents. */
export const collectionsQuery = (connection: Connection) =>
  queryOptions({
    queryKey: ['documents', 'collections'],
    queryFn: async () => {
      const collections: { name: string; documents: number }[] = [];
      let after: string | undefined;
      do {
        const { items, next } = await listCollections(connection, { limit: 100, after });
        collections.push(...items);
        after = next ?? undefined;
      } while (after !== undefined);
      return collections;
    },
  });

/** What may be named as the model of a question. */
export const namedModelsQuery = (connection: Connection) =>
  queryOptions({
    queryKey: ['named-models'],
    queryFn: ({ signal }) => listNamedModels(connection, signal),
    staleTime: 60_000,
  });
