import type { NativeContext } from '../context/native-context.ts';
import type { PrefixStore } from './prefix-store.ts';
import { clear, commonPrefix, findDonor, type Slot } from './slots.ts';

export interface PrefixCacheOptions {
  native: NativeContext;
  store: PrefixStore;
  /** Estimated; what a saved state takes is learned. */
  bytesPerToken: number;
  /** Whether the end of a state can be taken away from it. */
  canForget: boolean;
}

/** To save or restore a state takes about as long as to evaluate a few tokens; below this it is not worth the space. */
const worthSaving = 128;
const worthRestoring = 64;

/** Keeps what the slots of one context have evaluated and would lose, so that a prompt seen before costs nothing. */
export class PrefixCache {
  readonly #options: PrefixCacheOptions;
  #bytesPerToken: number;

  constructor(options: PrefixCacheOptions) {
    this.#options = options;
    this.#bytesPerToken = options.bytesPerToken;
  }

  /**
   * Readies a slot for a prompt: saves what would be lost and is nowhere else, and restores a state that shares a longer
   * beginning with the prompt than what any slot holds. Never throws: what fails is evaluated again.
   */
  async prepare(prompt: readonly number[], { slot, slots }: { slot: Slot; slots: readonly Slot[] }): Promise<void> {
    const kept = commonPrefix(slot.tokens, prompt);
    const others = slots.filter((other) => other !== slot);
    await this.#save(slot, Math.max(kept, longestShared(others, slot.tokens)));
    const donated = findDonor(slots, { slot, prompt })?.shared ?? 0;
    await this.#restore(prompt, { slot, held: Math.max(kept, donated) });
  }

  /** Forgets everything, when the context is disposed. */
  close(): void {
    this.#options.store.removeOf(this);
  }

  async #save({ sequence, tokens }: Slot, heldBySlots: number): Promise<void> {
    if (tokens.length - heldBySlots < worthSaving) return;
    const { native, store } = this.#options;
    const found = store.find(this, tokens);
    if (found !== undefined && tokens.length - found.shared < worthSaving) return store.markUsed(found.saved);
    const state = { owner: this, tokens: tokens.slice(), bytes: tokens.length * this.#bytesPerToken };
    try {
      const bytes = await store.add(state, (path) =>
        native.saveSequenceStateToFile(path, sequence, Uint32Array.from(tokens)),
      );
      if (bytes !== undefined) this.#bytesPerToken = bytes / tokens.length;
    } catch {
      // The disk is full, or there are too many files: without it the prompt is evaluated again.
    }
  }

  async #restore(prompt: readonly number[], { slot, held }: { slot: Slot; held: number }): Promise<void> {
    const { native, store, canForget } = this.#options;
    const found = store.find(this, prompt);
    if (found === undefined || found.shared < held + worthRestoring) return;
    const { saved, shared } = found;
    if (!canForget && saved.tokens.length > Math.min(shared, prompt.length - 1)) return;
    try {
      await native.loadSequenceStateFromFile(saved.path, slot.sequence, saved.tokens.length);
      slot.tokens = saved.tokens.slice();
      store.markUsed(saved);
    } catch {
      clear(native, slot);
      store.remove(saved);
    }
  }
}

function longestShared(slots: readonly Slot[], tokens: readonly number[]): number {
  return slots.reduce((longest, slot) => Math.max(longest, commonPrefix(slot.tokens, tokens)), 0);
}
