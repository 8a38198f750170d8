import { AppError, isAppError } from '../../../errors/app-error.ts';
import type { ModelProfile } from '../../../models/language-model.ts';
import type { CallListener, CallMessage, CallReply, EngineChild } from './child-process.ts';
import { FairGate } from '../fair-gate.ts';
import type { LoadedModel, LoadOptions } from './messages.ts';

/** A model that is, was or will be in memory. */
export interface Resident {
  readonly name: string;
  readonly gate: FairGate;
  loading: Promise<void> | undefined;
  loaded: (LoadedModel & { child: EngineChild }) | undefined;
  loadedAt: number;
  usedAt: number;
  /** Short calls under way that have no place at the gate. */
  visitors: number;
}

export interface ResidentsOptions {
  /** The child, started when there is none. */
  child(): Promise<EngineChild>;
  locate(name: string): Promise<{ profile: ModelProfile; path: string; fileBytes: number }>;
  queue: number;
  maxSlots: number;
  memoryBytes: number;
  now: () => number;
}

/** A context needs memory beside the weights; before a model is loaded this share of its file is assumed. */
const assumedContextShare = 0.5;

/** Loads models when they are first used, and unloads the least recently used ones when memory is short. */
export class Residents {
  readonly #options: ResidentsOptions;
  readonly #residents = new Map<string, Resident>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: ResidentsOptions) {
    this.#options = options;
  }

  all(): readonly Resident[] {
    return [...this.#residents.values()];
  }

  /** The entry of a model, whose loading has begun if it was not loaded. */
  use(name: string): Resident {
    const resident = this.#residents.get(name) ?? this.#add(name);
    resident.usedAt = this.#options.now();
    if (resident.loaded?.child.hasEnded === true) this.#empty(resident);
    if (resident.loaded === undefined) {
      resident.loading ??= this.#load(resident);
      // Those who wait at the gate are told of a failure there.
      resident.loading.catch(() => undefined);
    }
    return resident;
  }

  /** Unloads a model that nobody uses. */
  async release(name: string): Promise<void> {
    const resident = this.#residents.get(name);
    if (resident?.loaded === undefined || isUsed(resident)) return;
    await this.#unload(resident, resident.loaded.child);
  }

  #add(name: string): Resident {
    const gate = new FairGate(this.#options);
    const resident: Resident = {
      name,
      gate,
      loading: undefined,
      loaded: undefined,
      loadedAt: 0,
      usedAt: 0,
      visitors: 0,
    };
    this.#residents.set(name, resident);
    return resident;
  }

  /** One model after the other, so that each knows what memory is left. */
  #load(resident: Resident): Promise<void> {
    const loading = this.#turn.then(() => this.#loadNow(resident));
    this.#turn = loading.catch(() => undefined);
    return loading
      .catch((error: unknown) => {
        resident.gate.refuse(error);
        this.#residents.delete(resident.name);
        throw error;
      })
      .finally(() => (resident.loading = undefined));
  }

  async #loadNow(resident: Resident): Promise<void> {
    const { maxSlots } = this.#options;
    const { profile, path, fileBytes } = await this.#options.locate(resident.name);
    const child = await this.#options.child();
    while (this.#freeBytes() < fileBytes * (1 + assumedContextShare) && (await this.#unloadOne(child)));
    const { kind, contextTokens } = profile;
    const load = { model: resident.name, path, kind, contextTokens, maxSlots };
    const loaded = await this.#loadInto(child, load);
    resident.loaded = { ...loaded, child };
    resident.loadedAt = this.#options.now();
    child.onEnd(() => this.#forget(resident, child));
    resident.gate.open(loaded.slots);
  }

  /** Tries with what memory is free, then with that of one idle model after the other. */
  async #loadInto(child: EngineChild, load: Omit<LoadOptions, 'memoryBytes'>): Promise<LoadedModel> {
    for (;;) {
      try {
        const message = { type: 'load', load: { ...load, memoryBytes: Math.max(0, this.#freeBytes()) } } as const;
        return (await request(child, { message, expected: 'loaded' })).loaded;
      } catch (error) {
        if (!isAppError(error, 'model_unavailable') || !(await this.#unloadOne(child))) throw error;
      }
    }
  }

  /** Unloads the least recently used model that nobody uses; false when there is none. */
  async #unloadOne(child: EngineChild): Promise<boolean> {
    const oldest = this.all()
      .filter((resident) => resident.loaded !== undefined && !isUsed(resident))
      .toSorted((one, other) => one.usedAt - other.usedAt)[0];
    if (oldest === undefined) return false;
    await this.#unload(oldest, child);
    return true;
  }

  async #unload(resident: Resident, child: EngineChild): Promise<void> {
    this.#empty(resident);
    this.#residents.delete(resident.name);
    await request(child, { message: { type: 'unload', model: resident.name }, expected: 'done' });
  }

  #freeBytes(): number {
    return this.#options.memoryBytes - this.all().reduce((sum, { loaded }) => sum + (loaded?.bytes ?? 0), 0);
  }

  /** The child has died: calls that still wait are served by the next one. */
  #forget(resident: Resident, child: EngineChild): void {
    if (resident.loaded?.child !== child) return;
    this.#empty(resident);
    if (resident.gate.waiting > 0) this.use(resident.name);
  }

  #empty(resident: Resident): void {
    resident.loaded = undefined;
    resident.gate.close();
  }
}

function isUsed({ gate, visitors }: Resident): boolean {
  return gate.busy + gate.waiting + visitors > 0;
}

export type Reply<Type extends CallReply['type']> = Extract<CallReply, { type: Type }>;

/** Sends a call that has one reply, of the given type. */
export function request<Type extends CallReply['type']>(
  child: EngineChild,
  { message, expected, signal }: { message: CallMessage; expected: Type; signal?: AbortSignal },
): Promise<Reply<Type>> {
  return new Promise((resolve, reject) => {
    const settle = (end: () => void): void => {
      signal?.removeEventListener('abort', abort);
      end();
    };
    const listener: CallListener = {
      fail: (error) => settle(() => reject(error)),
      reply: (reply) =>
        settle(() =>
          reply.type === expected
            ? resolve(reply as Reply<Type>)
            : reject(new AppError('engine_failed', { cause: new Error(`unexpected reply: ${reply.type}`) })),
        ),
    };
    const id = child.call(message, listener);
    const abort = (): void => {
      child.abort(id);
      reject(signal?.reason);
    };
    if (signal?.aborted === true) abort();
    signal?.addEventListener('abort', abort, { once: true });
  });
}
