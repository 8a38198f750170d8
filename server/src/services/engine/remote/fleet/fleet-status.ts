import { AppError } from '../../../../errors/app-error.ts';
import { told, type Told } from '../../../../errors/told.ts';
import type { EngineStatus, LoadedModel } from '../../../../ports/engine.ts';
import type { FairGate } from '../../fair-gate.ts';
import type { Fleet } from './fleet.ts';

/** What runs on all engines together, as far as it was told when they were last checked. */
export function fleetStatus(fleet: Fleet): EngineStatus {
  const gates = [...fleet.gates()];
  const loaded = namesOf(fleet).flatMap((name) => loadedOf(fleet, name) ?? []);
  const reason = reasonOf(fleet);
  return {
    state: reason === null ? 'ok' : 'degraded',
    reason,
    loaded,
    waiting: gates.reduce((sum, [, gate]) => sum + gate.waiting, 0),
    queues: gates
      .filter(([, { busy, waiting }]) => busy + waiting > 0)
      .map(([name, gate]) => ({ model: idOf(fleet, name), adapter: null, ...countsOf(gate), waiting: gate.line() })),
  };
}

function namesOf(fleet: Fleet): string[] {
  return [...new Set(fleet.members.flatMap(({ models }) => models.map(({ id }) => id)))];
}

function idOf(fleet: Fleet, name: string): string {
  return fleet.sites(name)[0]?.model.id ?? name;
}

function loadedOf(fleet: Fleet, name: string): LoadedModel | undefined {
  const sites = fleet.sites(name).filter(({ member, model }) => model.loaded !== null || member.busy(model) > 0);
  const gate = fleet.gates().get(name.toLowerCase());
  if (sites.length === 0 && (gate === undefined || gate.busy + gate.waiting === 0)) return undefined;
  const copies = sites.flatMap(({ model }) => model.loaded ?? []);
  const known = copies.flatMap(({ bytes }) => bytes ?? []);
  const contexts = copies.flatMap(({ contextTokens }) => contextTokens ?? []);
  const expiries = copies.map(({ expiresAt }) => expiresAt?.getTime() ?? Infinity);
  const lastExpiry = Math.max(-Infinity, ...expiries);
  return {
    model: name,
    adapter: null,
    slots: sites.reduce((sum, { model }) => sum + model.slots, 0),
    busy: gate?.busy ?? 0,
    waiting: gate?.waiting ?? 0,
    bytes: known.length === 0 ? null : known.reduce((sum, bytes) => sum + bytes, 0),
    contextTokens: contexts.length === 0 ? null : Math.min(...contexts),
    expiresAt: Number.isFinite(lastExpiry) ? new Date(lastExpiry) : null,
  };
}

function countsOf({ capacity, busy }: FairGate) {
  return { slots: capacity, busy };
}

/** The first engine that does not work, and why. */
function reasonOf({ members }: Fleet): Told | null {
  for (const { label, trouble, breaker } of members) {
    if (trouble !== null)
      return (trouble instanceof AppError ? trouble.told : undefined) ?? told`The ${label} does not work.`;
    if (!breaker.allows) return told`The ${label} failed several times; it is tried again soon.`;
  }
  return null;
}
