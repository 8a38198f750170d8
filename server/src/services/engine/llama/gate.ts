import { AppError } from '../../../errors/app-error.ts';

interface Waiting {
  admit(): void;
  refuse(error: unknown): void;
}

/** Of the last calls, how much the newest one counts in the average duration. */
const newestShare = 0.2;
const firstAverageMs = 1000;
const longestRetrySeconds = 60;

/** The places of one model: so many calls at once, so many more that wait in order, and no more. */
export class Gate {
  readonly #queue: number;
  readonly #now: () => number;
  #capacity = 0;
  #busy = 0;
  #waiting: Waiting[] = [];
  #averageMs = firstAverageMs;

  constructor({ queue, now }: { queue: number; now: () => number }) {
    this.#queue = queue;
    this.#now = now;
  }

  get busy(): number {
    return this.#busy;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  get capacity(): number {
    return this.#capacity;
  }

  /**
   * Resolves when a place is free; the function gives it back. Rejects with `overloaded` when too many wait already, with
   * the signal's reason when it aborts, or with what `refuse` was given.
   */
  enter(signal: AbortSignal): Promise<() => void> {
    if (signal.aborted) return Promise.reject(signal.reason);
    if (this.#busy < this.#capacity && this.waiting === 0) {
      this.#busy++;
      return Promise.resolve(this.#place());
    }
    if (this.waiting < this.#queue) return this.#wait(signal);
    const detail = 'The model answers as many questions as it can; ask again in a moment.';
    return Promise.reject(new AppError('overloaded', { detail, retryAfterSeconds: this.#retryAfterSeconds() }));
  }

  /** Sets the number of places, when the model is loaded. */
  open(capacity: number): void {
    this.#capacity = capacity;
    this.#admitNext();
  }

  /** Takes the places away, when the model is gone; calls keep waiting. */
  close(): void {
    this.#capacity = 0;
  }

  /** Turns away all that wait. */
  refuse(error: unknown): void {
    const refused = this.#waiting;
    this.#waiting = [];
    for (const entry of refused) entry.refuse(error);
  }

  #wait(signal: AbortSignal): Promise<() => void> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#waiting = this.#waiting.filter((one) => one !== entry);
        reject(signal.reason);
      };
      const settle = (end: () => void): void => {
        signal.removeEventListener('abort', leave);
        end();
      };
      const entry: Waiting = {
        admit: () => settle(() => resolve(this.#place())),
        refuse: (error) => settle(() => reject(error)),
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.push(entry);
    });
  }

  /** A place that is taken already; the function gives it back, once. */
  #place(): () => void {
    const startedAt = this.#now();
    let isReleased = false;
    return () => {
      if (isReleased) return;
      isReleased = true;
      this.#busy--;
      this.#averageMs += (this.#now() - startedAt - this.#averageMs) * newestShare;
      this.#admitNext();
    };
  }

  #admitNext(): void {
    while (this.#busy < this.#capacity && this.#waiting.length > 0) {
      this.#busy++;
      this.#waiting.shift()?.admit();
    }
  }

  /** When a place will be free for one more, by how long the last calls took. */
  #retryAfterSeconds(): number {
    const seconds = (this.#averageMs * (this.waiting + 1)) / Math.max(1, this.#capacity) / 1000;
    return Math.min(longestRetrySeconds, Math.max(1, Math.ceil(seconds)));
  }
}
