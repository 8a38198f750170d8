import type { Clock } from '../clock.ts';

export interface KeepAliveOptions {
  clock: Clock;
  /** Stays, whatever calls say. */
  isPermanent: boolean;
  /** Called when the time is over. */
  expire(): void;
}

const usualMs = 5 * 60_000;
/** Timers take no more. */
const longestTimerMs = 2 ** 31 - 1;

/** How long a model stays in memory after its last use. */
export class KeepAlive {
  readonly #options: KeepAliveOptions;
  #ms: number;
  #unusedSince: number | undefined;
  #cancel: () => void = () => undefined;

  constructor(options: KeepAliveOptions) {
    this.#options = options;
    this.#ms = options.isPermanent ? Infinity : usualMs;
  }

  /** When it goes, if nobody uses it from now on; null for never. */
  get expiresAt(): Date | null {
    return this.#ms === Infinity ? null : new Date((this.#unusedSince ?? this.#options.clock.now()) + this.#ms);
  }

  /** Whether nobody has used it for so long. */
  get isOver(): boolean {
    return this.#unusedSince !== undefined && this.#options.clock.now() >= this.#unusedSince + this.#ms;
  }

  /** What a call says; null leaves it as it was. */
  set(milliseconds: number | null): void {
    if (milliseconds !== null && !this.#options.isPermanent) this.#ms = milliseconds;
  }

  /** It goes as soon as nobody uses it, also when it would stay for ever. */
  giveUp(): void {
    this.#ms = 0;
  }

  /** Somebody uses it. */
  stop(): void {
    this.#cancel();
    this.#unusedSince = undefined;
  }

  /** Nobody uses it any more. */
  start(): void {
    this.#cancel();
    this.#unusedSince = this.#options.clock.now();
    this.#wait(this.#unusedSince + this.#ms);
  }

  #wait(until: number): void {
    if (until === Infinity) return;
    const { clock, expire } = this.#options;
    const left = until - clock.now();
    if (left <= 0) expire();
    else this.#cancel = clock.after(Math.min(left, longestTimerMs), () => this.#wait(until));
  }
}
