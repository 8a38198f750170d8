import { AppError } from '../../../errors/app-error.ts';
import { type ChildOptions, type EngineChild, startEngineChild } from './child-process.ts';

/** Starts the engine child when it is first needed, and again after its death. */
export class ChildKeeper {
  readonly #options: ChildOptions;
  #starting: Promise<EngineChild> | undefined;
  #running: EngineChild | undefined;
  #isClosed = false;
  #hasCrashed = false;

  constructor(options: ChildOptions) {
    this.#options = options;
  }

  get pid(): number | undefined {
    return this.#running?.pid;
  }

  /** Whether the last child died and no call has started another one since. */
  get hasCrashed(): boolean {
    return this.#hasCrashed;
  }

  /** Rejects with `shutting_down` after `close`. */
  child(): Promise<EngineChild> {
    if (this.#isClosed) return Promise.reject(new AppError('shutting_down'));
    this.#starting ??= this.#start();
    return this.#starting;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#starting?.catch(() => undefined);
    this.#running?.close();
  }

  async #start(): Promise<EngineChild> {
    try {
      const child = await startEngineChild(this.#options);
      this.#running = child;
      this.#hasCrashed = false;
      child.onEnd(() => this.#forget());
      return child;
    } catch (error) {
      this.#forget();
      throw error;
    }
  }

  #forget(): void {
    this.#starting = undefined;
    this.#running = undefined;
    this.#hasCrashed = !this.#isClosed;
  }
}
