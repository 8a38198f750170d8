import { setTimeout as sleep } from 'node:timers/promises';
import { Agent } from 'undici';
import { FairGate } from '../../fair-gate.ts';
import type { EngineAddress } from '../wire/http.ts';
import { Member } from './member.ts';
import type { RemoteModel } from '../remote-server.ts';

export interface FleetOptions {
  addresses: readonly EngineAddress[];
  /** Calls per model that may wait for a place. */
  queue?: number;
  /** Calls of one model that run on one engine at once, at most. */
  mostPlaces?: number;
  /** How often an engine that works is checked. */
  checkEveryMs?: number;
  /** How often one that does not is. */
  recheckMs?: number;
  connectMs?: number;
  checkMs?: number;
  /** Milliseconds. */
  now?: () => number;
}

/** A model on an engine. */
export interface Site {
  member: Member;
  model: RemoteModel;
}

/** Several engines as one: who has which model, who works, and who waits for it. */
export interface Fleet extends AsyncDisposable {
  readonly members: readonly Member[];
  /** Resolves when every engine was looked at once. */
  readonly looked: Promise<void>;
  /** Where the model is, whether it can be called now or not. */
  sites(name: string): Site[];
  /** The places of a model, on all engines together. */
  gate(name: string): FairGate;
  /** By the first id of the model, where somebody runs or waits. */
  gates(): ReadonlyMap<string, FairGate>;
  /** Asks the engines again what they have. */
  refresh(signal: AbortSignal): Promise<void>;
}

export function openFleet(options: FleetOptions): Fleet {
  const { addresses, queue = 64, mostPlaces = Infinity, now = () => performance.now() } = options;
  const { checkEveryMs = 10_000, recheckMs = 2000, connectMs = 2000, checkMs = 10_000 } = options;
  const dispatcher = new Agent({
    connect: { timeout: connectMs },
    connections: null,
    pipelining: 1,
    keepAliveTimeout: 4000,
  });
  const stopping = new AbortController();
  const gates = new Map<string, FairGate>();
  const members = addresses.map(
    (address) => new Member({ address, dispatcher, now, checkMs, changed: () => setPlaces() }),
  );

  function sites(name: string): Site[] {
    return members.flatMap((member) => {
      const model = member.find(name);
      return model === undefined ? [] : [{ member, model }];
    });
  }

  /** As many places as the engines that work have; those of none are closed. */
  function setPlaces(): void {
    for (const [name, gate] of gates) {
      const places = placesOf(name);
      if (places > 0) gate.open(places);
      else gate.close();
      const trouble = sites(name).find(({ member }) => member.trouble !== null)?.member.trouble;
      if (places === 0 && trouble !== undefined) gate.refuse(trouble);
    }
  }

  function placesOf(name: string): number {
    const working = sites(name).filter(({ member }) => member.trouble === null);
    return working.reduce((sum, { model }) => sum + Math.min(model.slots, mostPlaces), 0);
  }

  async function watch(member: Member): Promise<void> {
    let checkedAt = -Infinity;
    while (!stopping.signal.aborted) {
      if (member.trouble !== null || now() - checkedAt >= checkEveryMs) {
        checkedAt = now();
        await member.check(stopping.signal);
      }
      await sleep(recheckMs, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
    }
  }

  const watching = members.map(watch);
  return {
    members,
    looked: Promise.all(members.map((member) => member.check(stopping.signal))).then(() => undefined),
    sites,
    gate(name) {
      const [site] = sites(name);
      const key = (site?.model.id ?? name).toLowerCase();
      const gate = gates.get(key) ?? new FairGate({ queue, now });
      if (!gates.has(key)) {
        gates.set(key, gate);
        gate.open(placesOf(name));
      }
      return gate;
    },
    gates: () => gates,
    async refresh(signal) {
      await Promise.all(members.map((member) => member.check(signal)));
    },
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await Promise.all(watching);
      await dispatcher.destroy();
    },
  };
}
