import type { Clock } from '../clock.ts';
import { FairGate } from '../fair-gate.ts';
import type { EngineChild } from './child-process.ts';
import { KeepAlive } from './keep-alive.ts';
import type { LoadedModel } from './messages.ts';

/** A model, with or without an adapter over it, that is, was or will be in memory. */
export interface Resident {
  /** What the child calls it. */
  readonly name: string;
  readonly model: string;
  /** Digest of the adapter. */
  readonly adapter: string | null;
  readonly isPermanent: boolean;
  readonly gate: FairGate;
  readonly keepAlive: KeepAlive;
  loading: Promise<void> | undefined;
  loaded: Loaded | undefined;
  loadedAt: number;
  usedAt: number;
  /** Calls that run or wait. */
  users: number;
  /** It lets nobody in, since another model needs its memory. */
  isDraining: boolean;
}

export interface Loaded extends LoadedModel {
  /** The file of the weights, which those of one path share. */
  path: string;
  child: EngineChild;
}

export interface NewResident {
  name: string;
  model: string;
  adapter: string | null;
  isPermanent: boolean;
  queue: number;
  clock: Clock;
  /** Called when nobody has used it for as long as it stays. */
  expire(resident: Resident): void;
}

export function createResident({ queue, clock, expire, ...identity }: NewResident): Resident {
  const resident: Resident = {
    ...identity,
    gate: new FairGate({ queue, now: clock.now }),
    keepAlive: new KeepAlive({ clock, isPermanent: identity.isPermanent, expire: () => expire(resident) }),
    loading: undefined,
    loaded: undefined,
    loadedAt: 0,
    usedAt: 0,
    users: 0,
    isDraining: false,
  };
  return resident;
}

/** Whether it is in memory and no call runs on it. */
export function isIdle({ loaded, users, isDraining, gate }: Resident): boolean {
  return loaded !== undefined && users === (isDraining ? gate.waiting : 0);
}
