import { type ChildProcess, fork } from 'node:child_process';
import { AppError } from '../../../errors/app-error.ts';
import { inEnglish, told } from '../../../errors/told.ts';
import { builtModule } from '../../../process/built-module.ts';
import { type ChildMessage, type ParentMessage, parseChildMessage, type WrittenPart } from './messages.ts';

export interface ChildOptions {
  threads: number | null;
  gpu: boolean;
  /** Bytes that may be kept of what was evaluated and is in no slot any more. */
  prefixBytes: number;
  /** A child that says nothing for so long, once it has started, is killed. */
  silenceMs: number;
  /** A child whose native code finishes nothing for so long, while it has work, is killed. */
  stallMs: number;
}

/** A call to the child without its number, which is added when it is sent. */
export type CallMessage = WithoutId<Exclude<ParentMessage, { type: 'abort' }>>;
type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

/** What is told about one call; `reply` or `fail` comes last. */
export interface CallListener {
  part?(part: WrittenPart): void;
  reply(message: CallReply): void;
  fail(error: unknown): void;
}

export type CallReply = Exclude<ChildMessage, { type: 'ready' | 'alive' | 'written' | 'failed' }>;

const watchMs = 1000;
/** Loading the library takes a second, or a good many on a machine that is very busy. */
const longestStartMs = 120_000;
const keptErrorCharacters = 2000;

/**
 * Starts the child with one thread for native work: each further one that calls into ggml would bring its own team of
 * spinning threads, and they would fight for the cores. The environment is otherwise empty, for secrets are in it.
 */
export async function startEngineChild(options: ChildOptions): Promise<EngineChild> {
  const child = new EngineChild(
    fork(
      builtModule(import.meta.url, './llama-child.js'),
      [String(options.threads ?? 'auto'), options.gpu ? 'gpu' : 'cpu', String(options.prefixBytes)],
      {
        env: { UV_THREADPOOL_SIZE: '1' },
        execArgv: [],
        serialization: 'advanced',
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      },
    ),
    options,
  );
  await child.ready;
  return child;
}

/** A running engine child. When it ends, every call under way fails with `engine_failed`. */
export class EngineChild {
  readonly ready: Promise<void>;
  readonly #process: ChildProcess;
  readonly #options: ChildOptions;
  readonly #calls = new Map<number, CallListener>();
  readonly #watchdog: NodeJS.Timeout;
  #isReady = false;
  #settleReady!: { resolve: () => void; reject: (error: unknown) => void };
  readonly #endListeners: (() => void)[] = [];
  #failure: AppError | undefined;
  #lastId = 0;
  #lastWords = '';
  #heardAt = performance.now();
  #progressAt = performance.now();
  #progress = -1;

  constructor(process: ChildProcess, options: ChildOptions) {
    this.#process = process;
    this.#options = options;
    this.ready = new Promise((resolve, reject) => (this.#settleReady = { resolve, reject }));
    this.#watchdog = setInterval(() => this.#checkPulse(), Math.min(watchMs, options.silenceMs / 2)).unref();
    process.stderr?.on('data', (data: Buffer) => {
      this.#lastWords = (this.#lastWords + data.toString()).slice(-keptErrorCharacters);
    });
    process.on('error', (error) => this.#end(error.message));
    process.on('exit', (code, signal) => this.#end(`it ended with ${signal ?? code}: ${this.#lastWords}`));
    process.on('message', (message) => this.#receive(message));
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  get hasEnded(): boolean {
    return this.#failure !== undefined;
  }

  /** Sends a call and returns its number. */
  call(message: CallMessage, listener: CallListener): number {
    const id = ++this.#lastId;
    if (this.#failure === undefined) this.#calls.set(id, listener);
    else queueMicrotask(() => listener.fail(this.#failure));
    this.#send({ ...message, id });
    return id;
  }

  abort(id: number): void {
    this.#send({ type: 'abort', id });
  }

  /** Ends the child at once: nothing in it needs saving. */
  close(): void {
    this.#end('it was closed');
  }

  /** Calls back when the child has ended, before the calls under way are told. */
  onEnd(listener: () => void): void {
    this.#endListeners.push(listener);
  }

  #send(message: ParentMessage): void {
    // A failure to send means that the child is gone, which its exit tells.
    if (this.#failure === undefined) this.#process.send(message, () => undefined);
  }

  #receive(received: unknown): void {
    const message = parseChildMessage(received);
    if (message === undefined) return this.#end('it spoke nonsense');
    this.#heardAt = performance.now();
    switch (message.type) {
      case 'ready':
        this.#isReady = true;
        return this.#settleReady.resolve();
      case 'alive':
        if (message.idle || message.progress !== this.#progress) this.#progressAt = this.#heardAt;
        this.#progress = message.progress;
        return undefined;
      case 'written':
        for (const [id, part] of message.parts) this.#calls.get(id)?.part?.(part);
        return undefined;
      case 'failed':
        return this.#take(message.id)?.fail(toAppError(message));
      case 'finish':
      case 'estimated':
      case 'loaded':
      case 'vectors':
      case 'numbers':
      case 'text':
      case 'row':
      case 'score':
      case 'done':
        return this.#take(message.id)?.reply(message);
      default:
        return message satisfies never;
    }
  }

  #take(id: number): CallListener | undefined {
    const listener = this.#calls.get(id);
    this.#calls.delete(id);
    return listener;
  }

  #checkPulse(): void {
    const now = performance.now();
    const { silenceMs, stallMs } = this.#options;
    if (now - this.#heardAt > (this.#isReady ? silenceMs : longestStartMs)) this.#end('it does not answer');
    else if (now - this.#progressAt > stallMs) this.#end('it does not get on');
  }

  #end(reason: string): void {
    if (this.#failure !== undefined) return;
    const cause = new Error(`the engine child failed: ${reason}`);
    this.#failure = new AppError('engine_failed', { detail: told`Ask again: the engine starts anew.`, cause });
    clearInterval(this.#watchdog);
    this.#process.kill('SIGKILL');
    this.#settleReady.reject(this.#failure);
    for (const listener of this.#endListeners) listener();
    for (const listener of this.#calls.values()) listener.fail(this.#failure);
    this.#calls.clear();
  }
}

function toAppError({ code, detail }: Extract<ChildMessage, { type: 'failed' }>): AppError {
  // Words of native code may name paths: they go to the log, not to the caller.
  return code === 'engine_failed'
    ? new AppError(code, {
        detail: told`The model could not be run; see the log.`,
        cause: new Error(inEnglish(detail)),
      })
    : new AppError(code, { detail });
}
