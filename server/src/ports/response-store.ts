import type { ChatMessage } from '../models/language-model.ts';

/**
 * Keeps replies that later requests go on from. Acknowledged writes survive a crash. What is somebody else's is not
 * there.
 */
export interface ResponseStore {
  /** Adds it; the id must be new. */
  save(response: StoredResponse): Promise<void>;
  find(id: string, ownerId: string): Promise<StoredResponse | undefined>;
  /** Whether there was one. Responses that went on from it stay whole. */
  delete(id: string, ownerId: string): Promise<boolean>;
  /** Deletes what was created before that time. */
  deleteExpired(createdBefore: Date): Promise<void>;
}

export interface StoredResponse {
  id: string;
  ownerId: string;
  /** The same for all that go on from one another. */
  conversation: string;
  /** All that was said so far, by both sides, without instructions: each response stands by itself. */
  messages: readonly ChatMessage[];
  /** The reply as it was sent. */
  body: Readonly<Record<string, unknown>>;
  createdAt: Date;
}
