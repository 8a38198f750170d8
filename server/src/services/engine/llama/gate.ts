import { AppError } from '../../../errors/app-error.ts';

/** The places of one model: so many calls at once, so many more that wait in order, and no more. */
export interface Gate {
  readonly busy: number;
  readonly waiting: number;
  readonly capacity: number;
  /**
   * Resolves when a place is free; the function gives it back. Rejects with `overloaded` when too many wait already, with
   * the signal's reason when it aborts, or with what `refuse` was given.
   */
  enter(signal: AbortSignal): Promise<() => void>;
  /** Changes the number of places, e.g. when the model is loaded. */
  open(capacity: number): void;
  /** Takes the places away, e.g. when the model is gone; calls keep waiting. */
  close(): void;
  /** Turns away all that wait. */
  refuse(error: unknown): void;
}

interface Waiting {
  admit(): void;
  refuse(error: unknown): void;
}

/** Of the last calls, how much the newest one counts in the average duration. */
const newestShare = 0.2;
const longestRetrySeconds = 60;

export function createGate({ queue, now }: { queue: number; now: () => number }): Gate {
  let capacity = 0;
  let busy = 0;
  let waiting: Waiting[] = [];
  let averageMs = 1000;

  function admitNext(): void {
    while (busy < capacity && waiting.length > 0) {
      busy++;
      waiting.shift()?.admit();
    }
  }

  function take(): () => void {
    const startedAt = now();
    let isReleased = false;
    return () => {
      if (isReleased) return;
      isReleased = true;
      busy--;
      averageMs += (now() - startedAt - averageMs) * newestShare;
      admitNext();
    };
  }

  /** When a place will be free for one more, by how long the last calls took. */
  function retryAfterSeconds(): number {
    const seconds = (averageMs * (waiting.length + 1)) / Math.max(1, capacity) / 1000;
    return Math.min(longestRetrySeconds, Math.max(1, Math.ceil(seconds)));
  }

  return {
    get busy() {
      return busy;
    },
    get waiting() {
      return waiting.length;
    },
    get capacity() {
      return capacity;
    },
    enter(signal) {
      if (signal.aborted) return Promise.reject(signal.reason);
      if (busy < capacity && waiting.length === 0) {
        busy++;
        return Promise.resolve(take());
      }
      if (waiting.length >= queue) {
        const detail = 'The model answers as many questions as it can; ask again in a moment.';
        return Promise.reject(new AppError('overloaded', { detail, retryAfterSeconds: retryAfterSeconds() }));
      }
      return new Promise((resolve, reject) => {
        const entry: Waiting = {
          admit() {
            signal.removeEventListener('abort', leave);
            resolve(take());
          },
          refuse(error) {
            signal.removeEventListener('abort', leave);
            reject(error);
          },
        };
        const leave = (): void => {
          waiting = waiting.filter((one) => one !== entry);
          reject(signal.reason);
        };
        signal.addEventListener('abort', leave, { once: true });
        waiting.push(entry);
      });
    },
    open(places) {
      capacity = places;
      admitNext();
    },
    close() {
      capacity = 0;
    },
    refuse(error) {
      const refused = waiting;
      waiting = [];
      for (const entry of refused) entry.refuse(error);
    },
  };
}
