import type { Conversation, Feedback, Message, NewConversation, RatedMessage } from '../models/conversation.ts';
import type { Page, PageRequest } from '../models/page.ts';

/** Keeps conversations. Acknowledged writes survive a crash. */
export interface ConversationStore {
  /** Stores a new conversation with its first turn, both or neither. Rejects with `already_exists`. */
  create(conversation: NewConversation, first: Turn): Promise<void>;
  find(id: string): Promise<Conversation | undefined>;
  /** Last changed first. */
  list(owner: ConversationOwner, page: PageRequest): Promise<Page<Conversation>>;
  /** Rejects with `not_found`. */
  rename(id: string, title: string): Promise<Conversation>;
  /**
   * Appends both messages or neither; concurrent appends keep all, in one order, and never mix two turns. The time of
   * the answer becomes that of the conversation's last change. Resolves to the place of this turn in that order: the
   * first one is 1. Rejects with `not_found`.
   */
  appendTurn(id: string, turn: Turn): Promise<number>;
  /** Oldest first; the last `limit` of them. */
  messages(id: string, limit: number): Promise<RatedMessage[]>;
  /** One per message: a later one replaces it. Rejects with `not_found` for a message of another conversation. */
  putFeedback(id: string, feedback: Feedback): Promise<void>;
  /** With messages and feedback; deleting what is not there is fine. */
  delete(id: string): Promise<void>;
}

/**
 * Whose conversations: `endUser` null is the account itself, another value one end user of it; `keyId` null those of
 * every key and of no key, another value those of this key.
 */
export interface ConversationOwner {
  ownerId: string;
  endUser: string | null;
  keyId: string | null;
}

export interface Turn {
  question: Message;
  answer: Message;
}
