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

/** The first candidate that fits, where all after it fit as well: found by halving. */
export function firstFitting<Candidate>(
  candidates: readonly Candidate[],
  fits: (candidate: Candidate) => boolean,
): Candidate | undefined {
  let [low, high] = [0, candidates.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fits(candidates[middle]!)) high = middle;
    else low = middle + 1;
  }
  return candidates[low];
}
