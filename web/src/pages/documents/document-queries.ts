import {
  changeDocument,
  deleteDocument,
  getDocument,
  getDocumentContent,
  listDocuments,
  listPassages,
  type Connection,
  type Document,
  type DocumentChange,
} from '@billumy/protocol';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { useConnection } from '../../api/session-context.tsx';

export interface DocumentFilter {
  collection: string | undefined;
  status: Document['status'] | undefined;
}

const documentsKey = ['documents'] as const;
/** While a document is read, the list is asked for again so often. */
const readingMs = 2_000;

export const documentsQuery = (connection: Connection, filter: DocumentFilter) =>
  infiniteQueryOptions({
    queryKey: [...documentsKey, 'list', filter],
    queryFn: ({ pageParam, signal }) => listDocuments(connection, { ...filter, after: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(({ status }) => status === 'processing')) === true
        ? readingMs
        : false,
  });

export const documentQuery = (connection: Connection, id: string) =>
  queryOptions({
    queryKey: [...documentsKey, 'one', id],
    queryFn: ({ signal }) => getDocument(connection, id, signal),
  });

export const contentQuery = (connection: Connection, id: string) =>
  queryOptions({ queryKey: [...documentsKey, 'content', id], queryFn: () => getDocumentContent(connection, id) });

export const passagesQuery = (connection: Connection, { id, revision }: { id: string; revision: number }) =>
  infiniteQueryOptions({
    queryKey: [...documentsKey, 'passages', id, revision],
    queryFn: ({ pageParam }) => listPassages(connection, { id, revision, after: pageParam }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    // How a revision was cut never changes.
    staleTime: Infinity,
  });

export function useDeleteDocument() {
  const connection = useConnection();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => deleteDocument(connection, id),
    onSuccess: () => client.invalidateQueries({ queryKey: documentsKey }),
  });
}

export function useChangeDocument() {
  const connection = useConnection();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: { id: string; change: DocumentChange }) => changeDocument(connection, change),
    onSuccess: () => client.invalidateQueries({ queryKey: documentsKey }),
  });
}
