import type { Dispatcher } from 'undici';

/** So much may wait for its reader; then the sender is asked to pause. */
const mostWaitingBytes = 256 * 1024;
/** A reply whose reader has what it wanted is given so long to end. */
const lingerMs = 100;

/**
 * The bytes of a reply, as many at once as came together, for one reader. Undici's own bodies are streams of Node, which
 * cost as much as the request itself.
 */
export class ReplyBody implements AsyncIterable<Uint8Array> {
  readonly #controller: Dispatcher.DispatchController;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #isRead = true;
  #end: 'open' | 'whole' | { error: unknown } = 'open';
  #wake: () => void = () => undefined;
  #lingering: NodeJS.Timeout | undefined;

  constructor(controller: Dispatcher.DispatchController) {
    this.#controller = controller;
  }

  add(bytes: Uint8Array): void {
    if (!this.#isRead) return;
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.byteLength;
    if (this.#waitingBytes > mostWaitingBytes) this.#controller.pause();
    this.#wake();
  }

  /** Nothing more comes; with an error, the reader gets it after what has come. */
  finish(end: 'whole' | { error: unknown }): void {
    clearTimeout(this.#lingering);
    this.#end = end;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for (;;) {
      if (this.#waiting.length > 0) yield this.#take();
      else if (this.#end === 'whole') return;
      else if (this.#end !== 'open') throw this.#end.error;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  /** Its reader has what it wanted. When the reply ends now, its connection is used again; else it is closed. */
  leave(): void {
    this.#isRead = false;
    if (this.#end !== 'open') return;
    this.#lingering = setTimeout(() => this.discard(), lingerMs);
    this.#take();
  }

  /** Closes the connection, unless the reply has ended. */
  discard(): void {
    this.#isRead = false;
    if (this.#end === 'open') this.#controller.abort(new Error('nobody reads the rest of the reply'));
  }

  #take(): Uint8Array {
    const taken = this.#waiting;
    this.#waiting = [];
    this.#waitingBytes = 0;
    if (this.#controller.paused) this.#controller.resume();
    return taken.length === 1 && taken[0] !== undefined ? taken[0] : Buffer.concat(taken);
  }
}
