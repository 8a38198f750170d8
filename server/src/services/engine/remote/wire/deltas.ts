import type { GeneratePart, GenerateRequest, LogprobEntry } from '../../../../ports/engine.ts';
import { malformed } from './trouble.ts';

/** No token of any vocabulary is longer. */
const longestToken = 256;
const allowance = 4096;
const nothing: readonly GeneratePart[] = [];

/** Makes parts of the texts that a server sends, and stops one that writes much more than it was asked for. */
export class Deltas {
  readonly #mostCharacters: number;
  #characters = 0;
  #received = 0;
  #held: readonly LogprobEntry[] = [];

  constructor({ sampling }: GenerateRequest) {
    this.#mostCharacters = sampling.maxTokens * longestToken + allowance;
  }

  /** Pieces of text and thought so far: about as many as tokens. */
  get received(): number {
    return this.#received;
  }

  /** A token that is a part of a character has no text: its probability is told with the next one. */
  text(delta: string, logprobs: readonly LogprobEntry[] = []): readonly GeneratePart[] {
    this.#count(delta);
    const told = [...this.#held, ...logprobs];
    this.#held = delta === '' ? told : [];
    if (delta === '') return nothing;
    return [{ type: 'text-delta', delta, ...(told.length === 0 ? {} : { logprobs: told }) }];
  }

  thinking(delta: string): readonly GeneratePart[] {
    this.#count(delta);
    return delta === '' ? nothing : [{ type: 'thinking-delta', delta }];
  }

  #count(delta: string): void {
    if (delta === '') return;
    this.#received++;
    this.#characters += delta.length;
    if (this.#characters > this.#mostCharacters) throw malformed(new Error('more text than was asked for'));
  }
}
