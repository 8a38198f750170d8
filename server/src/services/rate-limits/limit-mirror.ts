import type { RateDecision, RateRule } from '../../ports/rate-limits.ts';

/** What Redis says of a window. */
export interface KnownWindow {
  /** '' when none is open. */
  id: string;
  leftMs: number;
  /** Uses by all services, and those of this one among them. */
  used: number;
  own: number;
  /** This service agreed to use nothing of it without Redis. */
  agreed: boolean;
}

/** A window as this service knows it, and its uses that Redis has not heard of. */
export interface ToldWindow {
  id: string;
  leftMs: number;
  own: number;
  unsent: number;
  agreedTo: string;
}

/** What this service knows of the windows it uses, and goes on with while Redis is away. */
export interface LimitMirror {
  /** What to tell Redis before it decides. */
  tell(name: string): ToldWindow;
  /** @param told what Redis had been told when it answered this */
  learn(name: string, known: KnownWindow, told: ToldWindow): void;
  /** From now on nothing of this window is used without Redis. */
  agree(name: string, window: Pick<KnownWindow, 'id' | 'leftMs'>): void;
  /** Decides without Redis, with the share of one of so many services. */
  takeAlone(name: string, rule: RateRule, alone: { cost: number; services: number }): RateDecision;
  forget(name: string): void;
}

interface MirroredWindow {
  id: string;
  endsAt: number;
  used: number;
  own: number;
  unsent: number;
  /** Id of the window of that name of which nothing is used without Redis; '' for none. */
  agreedTo: string;
}

const nothingKnown: ToldWindow = { id: '', leftMs: 0, own: 0, unsent: 0, agreedTo: '' };
/** Redis may be back by then. */
const retryMs = 3000;

export interface LimitMirrorOptions {
  now: () => number;
  newWindowId: () => string;
  maxNames: number;
}

export function createLimitMirror({ now, newWindowId, maxNames }: LimitMirrorOptions): LimitMirror {
  const windows = new Map<string, MirroredWindow>();
  /** Until then, a name that is not known may be one that gave way to others. */
  let forgottenUntil = 0;

  const find = (name: string): MirroredWindow | undefined => {
    const window = windows.get(name);
    if (window === undefined || window.endsAt > now()) return window;
    windows.delete(name);
    return undefined;
  };
  /** Keeps the window, if need be in place of the one that was kept first, unless that has uses to tell. */
  const keep = (name: string, window: MirroredWindow): boolean => {
    const [first] = windows;
    if (!windows.has(name) && first !== undefined && windows.size >= maxNames) {
      const [firstName, { endsAt, unsent }] = first;
      if (unsent > 0 && endsAt > now()) return false;
      forgottenUntil = Math.max(forgottenUntil, endsAt);
      windows.delete(firstName);
    }
    windows.set(name, window);
    return true;
  };
  const keepOrForget = (name: string, window: MirroredWindow): void => {
    if (!keep(name, window)) forgottenUntil = Math.max(forgottenUntil, window.endsAt);
  };

  return {
    tell(name) {
      const window = find(name);
      if (window === undefined) return nothingKnown;
      const { endsAt, used: _, ...known } = window;
      return { ...known, leftMs: endsAt - now() };
    },
    learn(name, { id, leftMs, used, own, agreed }, told) {
      const before = find(name);
      const unsent = Math.max(0, (before?.unsent ?? 0) - told.unsent);
      // The window it agreed to is over only when Redis, asked afterwards, names another.
      const pending = before !== undefined && (before.agreedTo === id || before.agreedTo !== told.agreedTo);
      const agreedTo = agreed ? id : pending ? before.agreedTo : '';
      if (id !== '') keepOrForget(name, { id, endsAt: now() + leftMs, used, own, unsent, agreedTo });
      else if (unsent === 0 && agreedTo === '') windows.delete(name);
    },
    agree(name, { id, leftMs }) {
      const window = find(name);
      if (window !== undefined) window.agreedTo = id;
      else keepOrForget(name, { id, endsAt: now() + leftMs, used: 0, own: 0, unsent: 0, agreedTo: id });
    },
    takeAlone(name, { limit, windowMs }, { cost, services }) {
      const known = find(name);
      const window = known ?? { ...nothingKnown, id: newWindowId(), endsAt: now() + windowMs, used: 0 };
      const unknowable = known === undefined && now() < forgottenUntil;
      const room = unknowable ? 0 : roomAlone(window, limit, services);
      const retryAfterMs = Math.min(retryMs, window.endsAt - now());
      if (Math.max(cost, 1) > room) return { allowed: false, remaining: room, retryAfterMs };
      if (cost > 0 && known === undefined && !keep(name, window)) {
        return { allowed: false, remaining: 0, retryAfterMs };
      }
      window.unsent += cost;
      return { allowed: true, remaining: room - cost, retryAfterMs: 0 };
    },
    forget: (name) => void windows.delete(name),
  };
}

function roomAlone({ used, own, unsent, agreedTo }: MirroredWindow, limit: number, services: number): number {
  const left = limit - used - unsent;
  if (services === 1) return Math.max(0, left);
  const share = agreedTo !== '' ? 0 : Math.floor(limit / services) - own - unsent;
  return Math.max(0, Math.min(left, share));
}
