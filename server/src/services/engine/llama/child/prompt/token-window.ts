/** Leaves room for this many tokens at least. */
const smallestWindow = 4;

/**
 * The first `keep` tokens and the last ones: together about half of `size`, so that there is room to go on. A beginning
 * that would take more than half of the room is not kept whole.
 */
export function cutMiddle(tokens: readonly number[], { keep, size }: { keep: number; size: number }): number[] {
  const kept = Math.max(0, Math.min(keep, Math.floor(size / 2)));
  const last = Math.max(1, Math.floor((size - kept) / 2));
  return [...tokens.slice(0, kept), ...tokens.slice(Math.max(kept, tokens.length - last))];
}

/** The tokens that a call may take: what it asks for, within what the model is loaded with. */
export function windowOf(asked: number | undefined, loaded: number): number {
  return Math.min(loaded, Math.max(smallestWindow, asked ?? loaded));
}
