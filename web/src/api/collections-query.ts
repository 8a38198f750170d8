import { listCollections, type Connection } from '@billumy/protocol';
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
