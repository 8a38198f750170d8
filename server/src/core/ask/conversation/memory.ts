import { AppError, isAppError } from '../../../errors/app-error.ts';
import type { Answer } from '../../../models/answer.ts';
import type { Message } from '../../../models/conversation.ts';
import type { Language } from '../../../models/language.ts';
import type { ChatMessage } from '../../../models/language-model.ts';
import { newId } from '../../../models/new-id.ts';
import type { ConversationOwner, ConversationStore } from '../../../ports/conversation-store.ts';
import { isOwnedBy } from '../../conversations/conversation-owner.ts';
import type { RecentMessage, RecentMessages, RecentWindow } from './recent-messages.ts';
import { isSmallTalk } from './small-talk.ts';

/** What was said before in the conversation of a question. */
export interface Memory {
  conversationId: string;
  isNew: boolean;
  /** false: the caller keeps the conversation, and nothing is stored. */
  isKept: boolean;
  owner: ConversationOwner;
  /** The questions as they were searched, oldest first. */
  questions: readonly string[];
  /** Questions and answers, oldest first, without markers; refusals are left out with their question. */
  history: readonly ChatMessage[];
  /** Of the last answer. */
  language: Language | null;
  /** As it was found; empty for a new conversation. */
  window: RecentWindow;
}

/** Where conversations are. */
export interface MemoryPorts {
  conversations: ConversationStore;
  recent: RecentMessages;
}

const rememberedMessages = 12;
const longestTitle = 80;
const emptyWindow: RecentWindow = { turns: 0, messages: [] };

/** What a caller says was said before. */
export function memoryOf(history: readonly ChatMessage[], owner: ConversationOwner): Memory {
  const recent = history.slice(-rememberedMessages);
  const questions = recent.filter(({ role, text }) => role === 'user' && !isSmallTalk(text)).map(({ text }) => text);
  const said = recent.map(({ role, text }) => ({ role, text: text.replaceAll(/ ?\[\d+\]/g, '') }));
  return { ...newMemory(owner), isKept: false, questions, history: said };
}

/** Rejects with `not_found` for a conversation that is not there, or somebody else's. */
export async function recall(
  conversationId: string | undefined,
  owner: ConversationOwner,
  { conversations, recent }: MemoryPorts,
): Promise<Memory> {
  if (conversationId === undefined) return newMemory(owner);
  const conversation = await conversations.find(conversationId);
  if (!isOwnedBy(conversation, owner)) throw new AppError('not_found');
  const window = await recent.read(conversation);
  const asked = window.messages.filter(({ role, text }) => role === 'user' && !isSmallTalk(text));
  return {
    conversationId,
    isNew: false,
    isKept: true,
    owner,
    questions: asked.map(({ text, rewritten }) => rewritten ?? text),
    history: answeredTurns(window.messages),
    language: window.messages.at(-1)?.answer?.language ?? null,
    window,
  };
}

function newMemory(owner: ConversationOwner): Memory {
  return {
    conversationId: newId('con'),
    isNew: true,
    isKept: true,
    owner,
    questions: [],
    history: [],
    language: null,
    window: emptyWindow,
  };
}

function answeredTurns(messages: readonly RecentMessage[]): ChatMessage[] {
  return messages.flatMap((message, index): ChatMessage[] => {
    const question = messages[index - 1];
    if (message.answer?.answered !== true || question?.role !== 'user') return [];
    return [
      { role: 'user', text: question.text },
      { role: 'assistant', text: message.text.replaceAll(/ ?\[\d+\]/g, '') },
    ];
  });
}

/**
 * Stores the turn. An answer is not lost because it could not be remembered: then it comes back without a conversation.
 */
export async function remember(
  memory: Memory,
  { question, answer, at }: { question: string; answer: Answer; at: Date },
  { conversations, recent }: MemoryPorts,
): Promise<Answer> {
  if (!memory.isKept) return { ...answer, conversationId: null };
  const rewritten = answer.trace.rewrite?.question ?? null;
  const asked: Message = { id: newId('msg'), role: 'user', text: question, createdAt: at, rewritten, answer: null };
  const replied: Message = {
    id: answer.id,
    role: 'assistant',
    text: answer.text,
    createdAt: at,
    rewritten: null,
    answer,
  };
  const turn = { question: asked, answer: replied };
  const { conversationId: id, owner, window } = memory;
  try {
    let place = 1;
    if (memory.isNew) {
      const conversation = { id, ...owner, title: titleOf(question), createdAt: at, updatedAt: at };
      await conversations.create(conversation, turn);
    } else place = await conversations.appendTurn(id, turn);
    await recent.note({ id, place, messages: [asked, replied] }, window);
    return answer;
  } catch (error) {
    if (isAppError(error)) return { ...answer, conversationId: null };
    throw error;
  }
}

function titleOf(question: string): string {
  const line = question.trim().replaceAll(/\s+/g, ' ');
  if (line.length <= longestTitle) return line;
  const cut = line
    .slice(0, longestTitle)
    .replace(/\s\S*$/u, '')
    .toWellFormed();
  return `${cut}…`;
}
