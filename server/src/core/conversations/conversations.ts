import { AppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import type { Conversation, Feedback, RatedMessage } from '../../models/conversation.ts';
import type { Page, PageRequest } from '../../models/page.ts';
import type { Principal } from '../../models/principal.ts';
import type { ConversationOwner, ConversationStore } from '../../ports/conversation-store.ts';
import { conversationOwner, isOwnedBy } from './conversation-owner.ts';

/**
 * The conversations of an account, or of one end user it acts for. Every method rejects with `not_found` for a
 * conversation that is somebody else's, as for one that is not there, and with `scope_missing` when an end user is
 * named without the scope `act_as`. A key that is confined to collections has only the conversations that it began.
 */
export interface Conversations {
  /** Last changed first. */
  list(asker: Asker, page: PageRequest): Promise<Page<Conversation>>;
  /** With its last messages, oldest first. */
  get(asker: Asker, id: string): Promise<{ conversation: Conversation; messages: readonly RatedMessage[] }>;
  rename(asker: Asker, change: { id: string; title: string }): Promise<Conversation>;
  delete(asker: Asker, id: string): Promise<void>;
  /** One per answer: a later one replaces it. */
  giveFeedback(asker: Asker, feedback: { id: string } & Omit<Feedback, 'createdAt'>): Promise<void>;
}

export interface Asker {
  principal: Principal;
  /** The end user whose conversations are meant. */
  endUser?: string | undefined;
}

export interface ConversationsPorts {
  conversations: ConversationStore;
  now: () => Date;
}

const shownMessages = 200;

export function createConversations({ conversations, now }: ConversationsPorts): Conversations {
  const own = async (asker: Asker, id: string): Promise<Conversation> => {
    const owner = ownerOf(asker);
    const conversation = await conversations.find(id);
    if (!isOwnedBy(conversation, owner)) throw new AppError('not_found');
    return conversation;
  };
  return {
    async list(asker, page) {
      return conversations.list(ownerOf(asker), page);
    },
    async get(asker, id) {
      const conversation = await own(asker, id);
      return { conversation, messages: await conversations.messages(id, shownMessages) };
    },
    async rename(asker, { id, title }) {
      await own(asker, id);
      return conversations.rename(id, title.trim());
    },
    async delete(asker, id) {
      await own(asker, id);
      await conversations.delete(id);
    },
    async giveFeedback(asker, { id, ...feedback }) {
      await own(asker, id);
      await conversations.putFeedback(id, { ...feedback, createdAt: now() });
    },
  };
}

function ownerOf({ principal, endUser }: Asker): ConversationOwner {
  if (endUser !== undefined && !principal.scopes.includes('act_as')) {
    throw new AppError('scope_missing', { detail: told`This token lacks the scope "act_as".` });
  }
  return conversationOwner(principal, endUser ?? null);
}
