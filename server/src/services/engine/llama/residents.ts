import { AppError } from '../../../errors/app-error.ts';
import { told } from '../../../errors/told.ts';
import type { CallOptions } from '../../../ports/engine.ts';
import type { Clock } from '../clock.ts';
import { request } from './child-call.ts';
import type { EngineChild } from './child-process.ts';
import { MemoryBudget } from './memory-budget.ts';
import type { LoadOptions, MemoryNeed } from './messages.ts';
import { createResident, isIdle, type Resident } from './resident.ts';

/** What a call wants to use. */
export interface Wanted {
  model: string;
  /** Digest of an adapter over it. */
  adapter?: string | null | undefined;
  keepAliveMs?: number | null | undefined;
}

/** A place at a model, for one call. */
export interface Place {
  readonly resident: Resident;
  release(): void;
}

/** How a model is to be loaded. */
export interface ModelLocation extends Pick<LoadOptions, 'path' | 'adapterPath' | 'kind' | 'contextTokens'> {
  /** 0 without an adapter. */
  adapterBytes: number;
}

export interface ResidentsOptions {
  /** The child, started when there is none. */
  child(): Promise<EngineChild>;
  locate(model: string, adapter: string | null): Promise<ModelLocation>;
  /** Whether a model stays in memory as long as others leave room for it. */
  isPermanent(model: string): boolean;
  queue: number;
  maxSlots: number;
  memoryBytes: number;
  clock: Clock;
}

/** After so long, a model that waits for memory takes it from one that is in use, whose further calls then wait. */
const patienceMs = 15_000;

/**
 * Loads models when they are first used. They leave memory when their time is over, and when another one needs it, but
 * never while a call runs on them.
 */
export class Residents {
  readonly #options: ResidentsOptions;
  readonly #residents = new Map<string, Resident>();
  readonly #memory: MemoryBudget;
  #turn: Promise<unknown> = Promise.resolve();
  #changeListeners: (() => void)[] = [];

  constructor(options: ResidentsOptions) {
    this.#options = options;
    this.#memory = new MemoryBudget({
      bytes: options.memoryBytes,
      residents: () => this.all(),
      unload: (resident) => this.#unload(resident),
      now: options.clock.now,
    });
  }

  all(): readonly Resident[] {
    return [...this.#residents.values()];
  }

  /** Waits for a place at the model, which is loaded when it is not. */
  async enter(wanted: Wanted, { signal, caller }: CallOptions): Promise<Place> {
    const resident = this.#use(wanted);
    try {
      const leave = await resident.gate.enter(signal, caller);
      let isReleased = false;
      const release = (): void => {
        if (isReleased) return;
        isReleased = true;
        leave();
        this.#left(resident);
      };
      return { resident, release };
    } catch (error) {
      this.#left(resident);
      throw error;
    }
  }

  /** For a call so short that it takes no place, and to which it does not matter what adapter is over the model. */
  visitAny<T>(model: string, call: (resident: Resident) => Promise<T>): Promise<T> {
    const loaded = this.all().find((resident) => resident.model === model && resident.loaded !== undefined);
    return this.visit({ model, adapter: loaded?.adapter }, call);
  }

  /** For a call that takes no place, or one that only wants the model to be loaded. */
  async visit<T>(wanted: Wanted, call: (resident: Resident) => Promise<T>): Promise<T> {
    const resident = this.#use(wanted);
    try {
      await resident.loading;
      return await call(resident);
    } finally {
      this.#left(resident);
    }
  }

  /** Unloads a model as soon as no call uses it: with one adapter, or with all that are over it and without. */
  release({ model, adapter }: Wanted): void {
    const released = this.all().filter(
      (one) => one.model === model && (adapter === undefined || one.adapter === adapter),
    );
    for (const resident of released) {
      resident.keepAlive.giveUp();
      if (isIdle(resident)) resident.keepAlive.start();
    }
  }

  /** Turns away who waits; nothing is unloaded by time any more, and what waits for memory finds no child. */
  close(error: AppError): void {
    for (const { gate, keepAlive } of this.all()) {
      gate.refuse(error);
      keepAlive.stop();
    }
    this.#tellChange();
  }

  /** The entry of what is wanted, whose loading has begun if it was not loaded. */
  #use({ model, adapter = null, keepAliveMs = null }: Wanted): Resident {
    const name = adapter === null ? model : `${model}+${adapter}`;
    const resident = this.#residents.get(name) ?? this.#add({ name, model, adapter });
    resident.users++;
    resident.usedAt = this.#options.clock.now();
    resident.keepAlive.stop();
    resident.keepAlive.set(keepAliveMs);
    if (resident.loaded?.child.hasEnded === true) this.#empty(resident);
    if (resident.loaded === undefined) this.#startLoading(resident);
    return resident;
  }

  #left(resident: Resident): void {
    resident.users--;
    resident.usedAt = this.#options.clock.now();
    this.#restOf(resident);
    this.#tellChange();
  }

  /** What happens to a model that nobody uses. */
  #restOf(resident: Resident): void {
    if (resident.users > 0 || resident.loading !== undefined) return;
    if (resident.loaded === undefined) this.#remove(resident);
    else resident.keepAlive.start();
  }

  #add(identity: { name: string; model: string; adapter: string | null }): Resident {
    const resident = createResident({
      ...identity,
      ...this.#options,
      isPermanent: this.#options.isPermanent(identity.model),
      expire: (expired) => void this.#inTurn(() => this.#unloadIfOver(expired)),
    });
    this.#residents.set(resident.name, resident);
    return resident;
  }

  #startLoading(resident: Resident): void {
    resident.loading ??= this.#load(resident)
      .catch((error: unknown) => {
        resident.gate.refuse(error);
        this.#remove(resident);
        throw error;
      })
      .finally(() => {
        resident.loading = undefined;
        if (this.all().every(({ loading }) => loading === undefined)) this.#memory.stopDraining();
        this.#restOf(resident);
      });
    // Those who wait at the gate are told of a failure there.
    resident.loading.catch(() => undefined);
  }

  async #load(resident: Resident): Promise<void> {
    const { locate, maxSlots, memoryBytes } = this.#options;
    const { adapterBytes, ...location } = await locate(resident.model, resident.adapter);
    const load: LoadOptions = { ...location, model: resident.name, maxSlots, memoryBytes };
    const need = await this.#estimate(load, adapterBytes);
    this.#memory.assertFits(need);
    const impatientAt = this.#options.clock.now() + patienceMs;
    for (;;) {
      const change = this.#nextChange(impatientAt);
      if (await this.#inTurn(() => this.#loadIfRoom(resident, { load, need }))) break;
      if (resident.users === 0)
        throw new AppError('model_unavailable', { detail: told`Nobody waits for it any more.` });
      await change;
      if (this.#options.clock.now() >= impatientAt) this.#memory.drainOne();
    }
  }

  async #estimate(load: LoadOptions, adapterBytes: number): Promise<MemoryNeed> {
    const message = { type: 'estimate', load } as const;
    const { need } = await request(await this.#options.child(), { message, expected: 'estimated' });
    return {
      weightsBytes: need.weightsBytes,
      leastContextBytes: need.leastContextBytes + adapterBytes,
      comfortableContextBytes: need.comfortableContextBytes + adapterBytes,
    };
  }

  /** False when there is not enough memory now. */
  async #loadIfRoom(resident: Resident, { load, need }: { load: LoadOptions; need: MemoryNeed }): Promise<boolean> {
    const child = await this.#options.child();
    const memoryBytes = await this.#memory.makeRoom(load.path, need);
    if (memoryBytes === undefined) return false;
    const message = { type: 'load', load: { ...load, memoryBytes } } as const;
    const { loaded } = await request(child, { message, expected: 'loaded' });
    resident.loaded = { ...loaded, child, path: load.path };
    resident.loadedAt = this.#options.clock.now();
    child.onEnd(() => this.#forget(resident, child));
    resident.gate.open(loaded.slots);
    return true;
  }

  /** By the time of its turn somebody may have used it. */
  async #unloadIfOver(resident: Resident): Promise<void> {
    if (isIdle(resident) && resident.keepAlive.isOver) await this.#unload(resident);
  }

  /** Calls that wait at the gate of a model that is unloaded are served when it is loaded again. */
  async #unload(resident: Resident): Promise<void> {
    const child = resident.loaded?.child;
    this.#empty(resident);
    // A child that has died holds no memory.
    if (child !== undefined) {
      const message = { type: 'unload', model: resident.name } as const;
      await request(child, { message, expected: 'done' }).catch(() => undefined);
    }
    this.#goOn(resident);
    this.#tellChange();
  }

  /** The child has died: calls that still wait are served by the next one. */
  #forget(resident: Resident, child: EngineChild): void {
    if (resident.loaded?.child !== child) return;
    this.#empty(resident);
    this.#goOn(resident);
    this.#tellChange();
  }

  #goOn(resident: Resident): void {
    if (resident.gate.waiting > 0) this.#startLoading(resident);
    else this.#restOf(resident);
  }

  #empty(resident: Resident): void {
    resident.loaded = undefined;
    resident.isDraining = false;
    resident.keepAlive.stop();
    resident.gate.close();
  }

  #remove(resident: Resident): void {
    if (this.#residents.get(resident.name) === resident) this.#residents.delete(resident.name);
  }

  /** Loads and unloads one after the other, so that each knows what memory is left. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  /** Resolves when memory may have become free, at the latest at the given time, if that is to come. */
  #nextChange(latest: number): Promise<void> {
    const { clock } = this.#options;
    return new Promise((resolve) => {
      const left = latest - clock.now();
      const cancel = left > 0 ? clock.after(left, resolve) : () => undefined;
      this.#changeListeners.push(() => {
        cancel();
        resolve();
      });
    });
  }

  #tellChange(): void {
    const listeners = this.#changeListeners;
    this.#changeListeners = [];
    for (const listener of listeners) listener();
  }
}
