import {
  deleteConversation,
  getConversation,
  listConversations,
  renameConversation,
  type Connection,
} from '@billumy/protocol';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { useConnection } from '../../api/session-context.tsx';

const conversationsKey = ['conversations'] as const;
export const conversationKey = (id: string) => ['conversation', id] as const;

export const conversationsQuery = (connection: Connection) =>
  infiniteQueryOptions({
    queryKey: conversationsKey,
    queryFn: ({ pageParam, signal }) => listConversations(connection, { after: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });

export const conversationQuery = (connection: Connection, id: string) =>
  queryOptions({
    queryKey: conversationKey(id),
    queryFn: ({ signal }) => getConversation(connection, id, signal),
    staleTime: 60_000,
  });

export function useRenameConversation() {
  const connection = useConnection();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: { id: string; title: string }) => renameConversation(connection, change),
    onSuccess: async (_renamed, { id }) => {
      await Promise.all([
        client.invalidateQueries({ queryKey: conversationsKey }),
        client.invalidateQueries({ queryKey: conversationKey(id) }),
      ]);
    },
  });
}

export function useDeleteConversation() {
  const connection = useConnection();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => deleteConversation(connection, id),
    onSuccess: async (_nothing, id) => {
      client.removeQueries({ queryKey: conversationKey(id) });
      await client.invalidateQueries({ queryKey: conversationsKey });
    },
  });
}
