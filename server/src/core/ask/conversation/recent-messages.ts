import type { Answer } from '../../../models/answer.ts';
import type { Conversation, Message } from '../../../models/conversation.ts';
import type { Cache } from '../../../ports/cache.ts';
import type { ConversationStore } from '../../../ports/conversation-store.ts';

/** What a later question needs of a message. */
export interface RecentMessage extends Pick<Message, 'role' | 'text' | 'rewritten'> {
  /** Of an answer; null for a question. */
  answer: Pick<Answer, 'answered' | 'language'> | null;
}

/** The last messages of a conversation, oldest first, after so many turns of it. */
export interface RecentWindow {
  turns: number;
  messages: readonly RecentMessage[];
}

/**
 * The recent messages of conversations, in the cache for whichever service gets the next question. A window is kept under the
 * number of turns it ends with, which the store gives out one by one: an old one is never taken for the last one.
 */
export interface RecentMessages {
  read(conversation: Pick<Conversation, 'id' | 'turns'>): Promise<RecentWindow>;
  /** After a turn got its place: keeps the window that ends with it, if it comes right after the window before it. */
  note(turn: { id: string; place: number; messages: readonly Message[] }, before: RecentWindow): Promise<void>;
}

const rememberedMessages = 12;
const timeToLiveMs = 60 * 60 * 1000;

export function createRecentMessages(conversations: Pick<ConversationStore, 'messages'>, cache: Cache): RecentMessages {
  return {
    async read({ id, turns }) {
      const kept = await cache.get(keyOf(id, turns));
      if (kept !== undefined) return { turns, messages: JSON.parse(kept) as RecentMessage[] };
      return { turns, messages: (await conversations.messages(id, rememberedMessages)).map(recentMessage) };
    },
    async note({ id, place, messages }, before) {
      if (place !== before.turns + 1) return;
      const window = [...before.messages, ...messages.map(recentMessage)].slice(-rememberedMessages);
      await cache.set(keyOf(id, place), JSON.stringify(window), timeToLiveMs);
      await cache.delete(keyOf(id, before.turns));
    },
  };
}

function recentMessage({ role, text, rewritten, answer }: Message): RecentMessage {
  return { role, text, rewritten, answer: answer && { answered: answer.answered, language: answer.language } };
}

function keyOf(conversationId: string, turns: number): string {
  return `window:${conversationId}:${turns}`;
}
