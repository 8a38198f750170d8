export interface CircuitBreakerOptions {
  /** So many failures in a row open it. */
  failures?: number;
  /** So long it stays open before one call may try. */
  openMs?: number;
  /** Milliseconds. */
  now: () => number;
}

/**
 * Keeps calls from an engine that fails: open after several failures in a row, then half open, when one call tries while
 * the others stay away. Source: Nygard, Release It!, 2007.
 */
export class CircuitBreaker {
  readonly #mostFailures: number;
  readonly #openMs: number;
  readonly #now: () => number;
  #failures = 0;
  #openedAt: number | undefined;
  #isTrying = false;

  constructor({ failures = 3, openMs = 3000, now }: CircuitBreakerOptions) {
    this.#mostFailures = failures;
    this.#openMs = openMs;
    this.#now = now;
  }

  /** Whether a call may go through now. */
  get allows(): boolean {
    if (this.#openedAt === undefined) return true;
    return !this.#isTrying && this.#now() - this.#openedAt >= this.#openMs;
  }

  /** A call goes through; one of `succeeded`, `failed` and `left` must follow. */
  enter(): void {
    if (this.#openedAt !== undefined) this.#isTrying = true;
  }

  succeeded(): void {
    this.#failures = 0;
    this.#openedAt = undefined;
    this.#isTrying = false;
  }

  failed(): void {
    this.#failures++;
    if (this.#isTrying || this.#failures >= this.#mostFailures) this.#openedAt = this.#now();
    this.#isTrying = false;
  }

  /** The call ended without saying anything about the engine: its caller left. */
  left(): void {
    this.#isTrying = false;
  }
}
