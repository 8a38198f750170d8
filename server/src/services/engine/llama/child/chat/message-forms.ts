import type { ChatMessage } from '../../../../../models/language-model.ts';

/** A call and its result each time, for templates that take one call of a message only. */
export function oneCallEach(messages: readonly ChatMessage[]): ChatMessage[] {
  const answered = new Set<ChatMessage>();
  return messages.flatMap((message, place) => {
    if (answered.has(message)) return [];
    const { toolCalls = [] } = message;
    if (toolCalls.length < 2) return [message];
    const results = resultsAfter(messages, place);
    return toolCalls.flatMap((call, index) => {
      const result = results.find(({ toolCallId }) => toolCallId === call.id) ?? results[index];
      if (result === undefined || answered.has(result)) return [{ ...message, toolCalls: [call] }];
      answered.add(result);
      return [{ ...message, text: index === 0 ? message.text : '', toolCalls: [call] }, result];
    });
  });
}

function resultsAfter(messages: readonly ChatMessage[], place: number): ChatMessage[] {
  const rest = messages.slice(place + 1);
  const end = rest.findIndex(({ role }) => role !== 'tool');
  return end === -1 ? rest : rest.slice(0, end);
}

/** Calls with the words before them but not the thoughts, for templates that take one of the two. */
export function withoutThoughts(messages: readonly ChatMessage[]): ChatMessage[] {
  return messages.map((message) => {
    const { thinking, ...rest } = message;
    return thinking !== undefined && message.toolCalls !== undefined && message.text !== '' ? rest : message;
  });
}

/** What the system says becomes the beginning of what the user says next, for templates without a system. */
export function withoutSystem(messages: readonly ChatMessage[]): ChatMessage[] {
  const kept: ChatMessage[] = [];
  let said: string[] = [];
  for (const message of messages) {
    if (message.role === 'system') said.push(message.text);
    else if (message.role === 'user' && said.length > 0) {
      kept.push({ ...message, text: [...said, message.text].join('\n\n') });
      said = [];
    } else kept.push(message);
  }
  return said.length === 0 ? kept : [...kept, { role: 'user', text: said.join('\n\n') }];
}

/** User and assistant in turns, beginning with the user, for templates that take nothing else. */
export function inTurns(messages: readonly ChatMessage[]): ChatMessage[] {
  const turns: ChatMessage[] = [];
  for (const message of messages) {
    const last = turns.at(-1);
    const isSame = last?.role === message.role && message.role !== 'tool' && last.toolCalls === undefined;
    if (isSame) turns[turns.length - 1] = { ...last, ...message, text: `${last.text}\n\n${message.text}` };
    else turns.push(message);
  }
  const first = turns.findIndex(({ role }) => role !== 'system');
  if (turns[first]?.role === 'assistant') turns.splice(first, 0, { role: 'user', text: '' });
  return turns;
}
