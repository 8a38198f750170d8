import { AppError } from '../errors/app-error.ts';

/** Places that are taken in the order of asking. */
export interface Turns {
  /**
   * Rejects with the reason of the signal when it is aborted before there is a place, and with `overloaded` at once when
   * too many wait already.
   */
  take(signal: AbortSignal): Promise<void>;
  release(): void;
}

/** A guess: nobody knows when a place is given back. */
const retryAfterSeconds = 5;

export function createTurns(places: number, mostWaiting = Number.POSITIVE_INFINITY): Turns {
  const waiting = new Set<() => void>();
  let free = places;
  return {
    async take(signal) {
      signal.throwIfAborted();
      if (free > 0) {
        free -= 1;
        return;
      }
      if (waiting.size >= mostWaiting) throw new AppError('overloaded', { retryAfterSeconds });
      await new Promise<void>((resolve, reject) => {
        const begin = (): void => {
          waiting.delete(begin);
          signal.removeEventListener('abort', giveUp);
          resolve();
        };
        const giveUp = (): void => {
          waiting.delete(begin);
          reject(signal.reason);
        };
        signal.addEventListener('abort', giveUp, { once: true });
        waiting.add(begin);
      });
    },
    release() {
      const [next] = waiting;
      // The place goes from hand to hand, so nobody who asks later gets it first.
      if (next === undefined) free += 1;
      else next();
    },
  };
}
