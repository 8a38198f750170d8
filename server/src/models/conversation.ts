import type { Answer } from './answer.ts';

export interface Conversation {
  id: string;
  ownerId: string;
  /** The end user a backend acted for; conversations of different end users never mix. */
  endUser: string | null;
  /** The key that asked, where it is confined to collections: it is answered from its own conversations only. */
  keyId: string | null;
  title: string;
  createdAt: Date;
  updatedAt: Date;
  /** Questions with their answers: at least one. */
  turns: number;
}

export type NewConversation = Omit<Conversation, 'turns'>;

export interface Message {
  id: string;
  role: 'user' | 'assistant';
  text: string;
  createdAt: Date;
  /** For messages of the user: the question as it was searched, when it depended on the turns before it. */
  rewritten: string | null;
  /** For messages of the assistant. */
  answer: Answer | null;
}

/** As it is read again. */
export interface RatedMessage extends Message {
  /** Of the last feedback on it; null for none. */
  rating: Feedback['rating'] | null;
}

export interface Feedback {
  messageId: string;
  rating: 'up' | 'down';
  comment: string | null;
  /** What the answer should have been. */
  correction: string | null;
  createdAt: Date;
}
