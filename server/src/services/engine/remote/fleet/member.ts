import type { Dispatcher } from 'undici';
import type { Told } from '../../../../errors/told.ts';
import { CircuitBreaker } from './circuit-breaker.ts';
import { Deadline } from '../../../../process/deadline.ts';
import { createEngineHttp, type EngineAddress } from '../wire/http.ts';
import { probe } from './probe.ts';
import type { RemoteModel, RemoteServer } from '../remote-server.ts';
import { type Trouble, unreachable } from '../wire/trouble.ts';

export interface MemberOptions {
  address: EngineAddress;
  dispatcher: Dispatcher;
  /** Milliseconds. */
  now: () => number;
  /** A health check takes at most so long. */
  checkMs: number;
  /** Told when what is known of the engine has changed. */
  changed: () => void;
}

/** One engine of the fleet: what it is, what it has, and whether it can be called. */
export class Member {
  readonly label: Told;
  readonly base: string;
  readonly breaker: CircuitBreaker;
  readonly #options: MemberOptions;
  #server: RemoteServer | undefined;
  #models: readonly RemoteModel[] = [];
  #trouble: Error | null = null;
  /** Calls that run there, by the id of the model. */
  readonly #busy = new Map<string, number>();
  #checking: Promise<void> | undefined;

  constructor(options: MemberOptions) {
    this.#options = options;
    this.label = options.address.label;
    this.base = options.address.base;
    this.breaker = new CircuitBreaker({ now: options.now });
  }

  /** undefined until it was reached for the first time. */
  get server(): RemoteServer | undefined {
    return this.#server;
  }

  /** What it had when it was last asked. */
  get models(): readonly RemoteModel[] {
    return this.#models;
  }

  /** Why it cannot be called; null when it can. */
  get trouble(): Error | null {
    return this.#trouble;
  }

  /** Whether it was looked at, with whatever result. */
  get isKnown(): boolean {
    return this.#server !== undefined || this.#trouble !== null;
  }

  get isUsable(): boolean {
    return this.#server !== undefined && this.#trouble === null && this.breaker.allows;
  }

  find(name: string): RemoteModel | undefined {
    const wanted = name.toLowerCase();
    const isNamed = ({ id, aliases }: RemoteModel): boolean =>
      [id, ...aliases].some((one) => one.toLowerCase() === wanted);
    return this.#models.find(isNamed);
  }

  busy(model: RemoteModel): number {
    return this.#busy.get(model.id) ?? 0;
  }

  /** Counts a call of the model, until the function is called. */
  occupy(model: RemoteModel): () => void {
    this.#busy.set(model.id, this.busy(model) + 1);
    return () => {
      const left = this.busy(model) - 1;
      if (left > 0) this.#busy.set(model.id, left);
      else this.#busy.delete(model.id);
    };
  }

  /** A call could not reach it: no others are sent until a check finds it again. */
  lost(trouble: Trouble): void {
    this.#trouble = trouble;
    this.#options.changed();
  }

  /** Looks what it is, whether it works and what it has. Never rejects; checks at the same time are one. */
  check(signal: AbortSignal): Promise<void> {
    this.#checking ??= this.#look(signal).finally(() => (this.#checking = undefined));
    return this.#checking;
  }

  async #look(signal: AbortSignal): Promise<void> {
    const { address, dispatcher, checkMs, changed } = this.#options;
    const deadline = new Deadline(signal);
    deadline.set(checkMs, () => unreachable(address.label));
    try {
      // After a failure there may be another kind of engine at the address.
      if (this.#server === undefined || this.#trouble !== null) {
        this.#server = await this.#probed(createEngineHttp(address, dispatcher), deadline.signal);
      }
      this.#models = await this.#server.models(deadline.signal);
      this.#trouble = null;
    } catch (error) {
      if (!signal.aborted) this.#trouble = error instanceof Error ? error : unreachable(address.label, error);
    } finally {
      deadline.end();
    }
    changed();
  }

  /** The server that is known, when the engine is still of its kind: it remembers what it learnt. */
  async #probed(http: ReturnType<typeof createEngineHttp>, signal: AbortSignal): Promise<RemoteServer> {
    const found = await probe(http, signal);
    return this.#server?.kind === found.kind ? this.#server : found;
  }
}
