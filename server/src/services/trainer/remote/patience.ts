import { setTimeout as sleep } from 'node:timers/promises';
import { isAppError } from '../../../errors/app-error.ts';

export interface Patience {
  firstDelayMs: number;
  longestDelayMs: number;
  /** A trainer that is away for longer is given up, for now. */
  outageMs: number;
}

const growth = 1.6;

/** Waits, longer from time to time, until `reset`. */
export class Pause {
  readonly #patience: Patience;
  #delayMs: number;

  constructor(patience: Patience) {
    this.#patience = patience;
    this.#delayMs = patience.firstDelayMs;
  }

  reset(): void {
    this.#delayMs = this.#patience.firstDelayMs;
  }

  /** Rejects with the reason of the signal when it aborts. */
  async wait(signal: AbortSignal): Promise<void> {
    const delayMs = this.#delayMs;
    this.#delayMs = Math.min(this.#patience.longestDelayMs, delayMs * growth);
    await sleep(delayMs, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

/** Tries again while the trainer is away; what it rejects with otherwise is passed on at once. */
export async function patiently<T>(
  work: () => Promise<T>,
  { patience, signal }: { patience: Patience; signal: AbortSignal },
): Promise<T> {
  const pause = new Pause(patience);
  const giveUpAt = performance.now() + patience.outageMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      if (!isAppError(error, 'part_unavailable') || performance.now() > giveUpAt) throw error;
    }
    await pause.wait(signal);
  }
}
