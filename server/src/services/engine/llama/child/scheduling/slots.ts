import type { NativeContext } from '../context/native-context.ts';

/** A sequence of the context: what its cells hold, and whether a completion uses it. */
export interface Slot {
  readonly sequence: number;
  /** The tokens whose state is in the cells, in order. */
  tokens: number[];
  busy: boolean;
  /** Grows with every use; the smallest is the least recently used. */
  usedAt: number;
}

export function createSlots(count: number): Slot[] {
  return Array.from({ length: count }, (_, sequence) => ({ sequence, tokens: [], busy: false, usedAt: 0 }));
}

/** A slot is continued when at least this share of what it holds is wanted; else an older one is overwritten. */
const worthContinuing = 0.5;

/**
 * The free slot that holds most of the prompt, without throwing away what another call is likelier to want. Of those that
 * nobody used for long, one beside a busy one: llama.cpp computes sequences together only where their numbers follow each
 * other.
 */
export function chooseSlot(slots: readonly Slot[], prompt: readonly number[]): Slot | undefined {
  const free = slots.filter((slot) => !slot.busy).toSorted((one, other) => one.usedAt - other.usedAt);
  const continued = free
    .map((slot) => ({ slot, shared: commonPrefix(slot.tokens, prompt) }))
    .filter(({ slot, shared }) => shared > 0 && shared >= slot.tokens.length * worthContinuing)
    .toSorted((one, other) => other.shared - one.shared)[0];
  if (continued !== undefined) return continued.slot;
  const unused = free.slice(0, Math.ceil(free.length / 2));
  return unused.find(({ sequence }) => isBeside(slots, sequence)) ?? unused[0];
}

function isBeside(slots: readonly Slot[], sequence: number): boolean {
  return slots[sequence - 1]?.busy === true || slots[sequence + 1]?.busy === true;
}

/** The other slot that holds the longest beginning of the prompt. */
export function findDonor(
  slots: readonly Slot[],
  { slot, prompt }: { slot: Slot; prompt: readonly number[] },
): { donor: Slot; shared: number } | undefined {
  return slots
    .filter((other) => other !== slot)
    .map((donor) => ({ donor, shared: commonPrefix(donor.tokens, prompt) }))
    .toSorted((one, other) => other.shared - one.shared)[0];
}

export function commonPrefix(one: readonly number[], other: readonly number[]): number {
  const most = Math.min(one.length, other.length);
  let length = 0;
  while (length < most && one[length] === other[length]) length++;
  return length;
}

/** Forgets what a slot holds beyond its first `length` tokens. */
export function keepBeginning(native: NativeContext, slot: Slot, length: number): void {
  if (length >= slot.tokens.length) return;
  if (length > 0 && native.removeTokenCellsFromSequence(slot.sequence, length, -1)) slot.tokens.length = length;
  else clear(native, slot);
}

export function clear(native: NativeContext, slot: Slot): void {
  native.disposeSequence(slot.sequence);
  slot.tokens = [];
}
