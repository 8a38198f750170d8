import type { ChatPrompt } from '../../ports/engine.ts';

/** The same chat without what was before, then without more and more of the oldest messages. */
export function shorterChats({ before, ...chat }: ChatPrompt): (() => ChatPrompt)[] {
  const { messages } = chat;
  const last = messages.length - 1;
  const droppable = messages.map(({ role }, index) => role !== 'system' && index < last);
  const shorter = messages.flatMap((_, start) =>
    // What a tool said is nothing without the call before it.
    droppable[start] === true && messages[start + 1]?.role !== 'tool'
      ? [() => ({ ...chat, messages: messages.filter((__, index) => index > start || droppable[index] === false) })]
      : [],
  );
  return before === undefined ? shorter : [() => chat, ...shorter];
}
