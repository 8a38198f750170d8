import type { Connection } from './connection.ts';
import {
  conversationPageSchema,
  conversationSchema,
  conversationWithMessagesSchema,
  type Conversation,
  type ConversationPage,
  type ConversationWithMessages,
  type Feedback,
} from './conversations.ts';

const path = (id: string): string => `/conversations/${encodeURIComponent(id)}`;

export interface ConversationQuery {
  after?: string | undefined;
}

/** Last changed first. */
export async function listConversations(
  connection: Connection,
  { after }: ConversationQuery,
  signal?: AbortSignal,
): Promise<ConversationPage> {
  const query = new URLSearchParams({ limit: '50', ...(after === undefined ? {} : { after }) });
  return conversationPageSchema.parse(await connection.json(`/conversations?${query.toString()}`, { signal }));
}

export async function getConversation(
  connection: Connection,
  id: string,
  signal?: AbortSignal,
): Promise<ConversationWithMessages> {
  return conversationWithMessagesSchema.parse(await connection.json(path(id), { signal }));
}

export async function renameConversation(
  connection: Connection,
  { id, title }: { id: string; title: string },
): Promise<Conversation> {
  return conversationSchema.parse(await connection.json(path(id), { method: 'PATCH', body: { title } }));
}

export async function deleteConversation(connection: Connection, id: string): Promise<void> {
  await connection.json(path(id), { method: 'DELETE' });
}

/** Rates an answer, or corrects it; a later one replaces it. */
export async function giveFeedback(
  connection: Connection,
  { conversationId, ...body }: Feedback & { conversationId: string },
): Promise<void> {
  await connection.json(`${path(conversationId)}/feedback`, { method: 'POST', body });
}
