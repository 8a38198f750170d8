import type { Conversation, Feedback, Message } from '../models/conversation.ts';
import type { Page, PageRequest } from '../models/page.ts';

export interface ConversationStore {
  create(conversation: Conversation): Promise<void>;
  find(id: string): Promise<Conversation | undefined>;
  /** Last changed first. */
  list(owner: { ownerId: string; endUser: string | null }, page: PageRequest): Promise<Page<Conversation>>;
  /** Rejects with `not_found`. */
  rename(id: string, title: string): Promise<Conversation>;
  /** Appends both messages or neither; concurrent appends keep all, in one order. Rejects with `not_found`. */
  appendTurn(id: string, turn: { question: Message; answer: Message }): Promise<void>;
  /** Oldest first; the last `limit` of them. */
  messages(id: string, limit: number): Promise<Message[]>;
  /** One per message: a later one replaces it. Rejects with `not_found` for a message of another conversation. */
  putFeedback(id: string, feedback: Feedback): Promise<void>;
  /** With messages and feedback. */
  delete(id: string): Promise<void>;
}
