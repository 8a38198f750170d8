import { AppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import type { Caller, QueuedCall } from '../../ports/engine.ts';
import { type Line, placeIn, servingOrder } from './serving-order.ts';

export interface FairGateOptions {
  /** Calls that may wait. */
  queue: number;
  /** Milliseconds. */
  now: () => number;
}

interface Waiting extends Line {
  readonly callerId: string | undefined;
  readonly since: number;
  admit(): void;
  refuse(error: unknown): void;
}

/** Of the last calls, how much the newest one counts in the average duration. */
const newestShare = 0.2;
const firstAverageMs = 1000;
const longestRetrySeconds = 60;

/**
 * The places of one model: so many calls at once, so many more that wait, and no more. Who waits is served in the order of
 * `servingOrder`: callers take turns. A full queue keeps those who would be served first, so that nobody's many calls
 * keep another one's first call out.
 */
export class FairGate {
  readonly #queue: number;
  readonly #now: () => number;
  #capacity = 0;
  #busy = 0;
  /** In order of arrival. */
  #waiting: Waiting[] = [];
  /** The turn that is being served, of each priority. */
  readonly #turn = { interactive: 0, batch: 0 };
  #interactiveInRow = 0;
  #averageMs = firstAverageMs;

  constructor({ queue, now }: FairGateOptions) {
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

  /** Who waits, in the order in which they will be served if nobody else comes. */
  line(): readonly QueuedCall[] {
    const now = this.#now();
    return this.#inOrder().map(({ callerId, priority, since }) => ({ callerId, priority, waitedMs: now - since }));
  }

  /**
   * Resolves when a place is free; the function gives it back. Rejects with `overloaded` when too many wait already, with
   * the signal's reason when it aborts, or with what `refuse` was given.
   */
  enter(signal: AbortSignal, caller?: Caller): Promise<() => void> {
    if (signal.aborted) return Promise.reject(signal.reason);
    if (this.#busy < this.#capacity && this.waiting === 0) {
      this.#busy++;
      return Promise.resolve(this.#place());
    }
    return this.#wait(signal, caller);
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

  #wait(signal: AbortSignal, caller: Caller | undefined): Promise<() => void> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#remove(entry);
        reject(signal.reason);
      };
      const settle = (end: () => void): void => {
        signal.removeEventListener('abort', leave);
        end();
      };
      const priority = caller?.priority ?? 'interactive';
      const entry: Waiting = {
        callerId: caller?.id,
        priority,
        turn: this.#nextTurn(caller?.id, priority),
        since: this.#now(),
        admit: () => settle(() => resolve(this.#place())),
        refuse: (error) => settle(() => reject(error)),
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.push(entry);
      if (this.waiting > this.#queue) this.#turnLastAway();
    });
  }

  /** After the caller's own calls that wait, and not before the turn that is being served. */
  #nextTurn(callerId: string | undefined, priority: Caller['priority']): number {
    const own = this.#waiting.filter((entry) => entry.callerId === callerId && entry.priority === priority);
    return Math.max(this.#turn[priority], ...own.map(({ turn }) => turn + 1));
  }

  #turnLastAway(): void {
    const last = this.#inOrder().at(-1);
    if (last === undefined) return;
    this.#remove(last);
    const detail = told`The model has as many calls as it can take: yours would be ${placeIn(this.waiting)}. Ask again later.`;
    last.refuse(new AppError('overloaded', { detail, retryAfterSeconds: this.#retryAfterSeconds() }));
  }

  /** Takes a call out of the line; the caller's later ones move up. */
  #remove(entry: Waiting): void {
    this.#waiting = this.#waiting.filter((other) => other !== entry);
    for (const other of this.#waiting) {
      const isOwn = other.callerId === entry.callerId && other.priority === entry.priority;
      if (isOwn && other.turn > entry.turn) other.turn--;
    }
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
    while (this.#busy < this.#capacity) {
      const next = this.#inOrder()[0];
      if (next === undefined) return;
      this.#waiting = this.#waiting.filter((entry) => entry !== next);
      this.#turn[next.priority] = next.turn;
      this.#interactiveInRow = next.priority === 'interactive' ? this.#interactiveInRow + 1 : 0;
      this.#busy++;
      next.admit();
    }
  }

  #inOrder(): Waiting[] {
    return servingOrder(this.#waiting, this.#interactiveInRow);
  }

  /** When a place will be free for one more, by how long the last calls took. */
  #retryAfterSeconds(): number {
    const seconds = (this.#averageMs * (this.waiting + 1)) / Math.max(1, this.#capacity) / 1000;
    return Math.min(longestRetrySeconds, Math.max(1, Math.ceil(seconds)));
  }
}
