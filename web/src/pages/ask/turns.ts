import type { Answer, ConversationWithMessages, Message } from '@billumy/protocol';

/** A question with its answer. */
export interface Turn {
  question: string;
  answer: Answer;
  /** What was said of the answer before; null for nothing. */
  rating: Message['rating'];
}

/** The turns of a conversation; a message without its other half, of one cut off in the middle, is left out. */
export function toTurns(messages: readonly Message[]): Turn[] {
  return messages.flatMap((message, index) => {
    const before = messages[index - 1];
    if (message.answer === null || before?.role !== 'user') return [];
    return [{ question: before.text, answer: message.answer, rating: message.rating }];
  });
}

/** The conversation as the service has it after this turn. */
export function withTurn(
  conversation: ConversationWithMessages | undefined,
  { question, answer }: Omit<Turn, 'rating'>,
  at: Date,
): ConversationWithMessages {
  const time = at.toISOString();
  const messages: Message[] = [
    { id: `question-of-${answer.id}`, role: 'user', text: question, created_at: time, answer: null, rating: null },
    { id: answer.id, role: 'assistant', text: answer.answer, created_at: time, answer, rating: null },
  ];
  if (conversation !== undefined) {
    return { ...conversation, updated_at: time, messages: [...conversation.messages, ...messages] };
  }
  const id = answer.conversation_id ?? '';
  return { id, title: question, end_user: null, created_at: time, updated_at: time, messages };
}
