import type { Conversation, Feedback, Message } from '../../../models/conversation.ts';
import type { Turn } from '../../../ports/conversation-store.ts';
import type { Part, RecordOfParts } from '../named-parts.ts';

/** A conversation. Its parts are its turns. */
export interface ConversationRecord extends RecordOfParts, Omit<Conversation, 'id' | 'keyId'> {
  /** Records of earlier versions have none. */
  keyId?: string | null;
}

/** What lists read: the rest grows with the turns. */
export type ListedConversation = Omit<ConversationRecord, 'parts'>;

export interface TurnRecord extends Part {
  question: MessageRecord;
  answer: MessageRecord;
}

/** The answer as JSON, as it was given. */
interface MessageRecord extends Omit<Message, 'answer'> {
  answer: string | null;
  feedback: Omit<Feedback, 'messageId'> | null;
}

export function conversationOf({
  _id,
  ownerId,
  endUser,
  keyId = null,
  title,
  createdAt,
  updatedAt,
  turns,
}: ListedConversation): Conversation {
  return { id: _id, ownerId, endUser, keyId, title, createdAt, updatedAt, turns };
}

export function messageFields(message: Message): MessageRecord {
  return { ...message, answer: message.answer === null ? null : JSON.stringify(message.answer), feedback: null };
}

export function messagesOf({ question, answer }: Pick<TurnRecord, keyof Turn>): Message[] {
  return [question, answer].map(messageOf);
}

function messageOf({ id, role, text, createdAt, rewritten, answer }: MessageRecord): Message {
  return {
    id,
    role,
    text,
    createdAt,
    rewritten,
    answer: answer === null ? null : (JSON.parse(answer) as Message['answer']),
  };
}
