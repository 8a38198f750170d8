import { told } from '../../../errors/told.ts';
import type { EngineStatus, LoadedModel, ModelQueue } from '../../../ports/engine.ts';
import type { Loaded, Resident } from './resident.ts';

/** What runs and what waits. */
export function engineStatus(residents: readonly Resident[], hasCrashed: boolean): EngineStatus {
  return {
    state: hasCrashed ? 'degraded' : 'ok',
    reason: hasCrashed ? told`The engine stopped; it starts anew with the next call.` : null,
    loaded: residents.flatMap((resident) =>
      resident.loaded === undefined ? [] : [loadedModel(resident, resident.loaded)],
    ),
    waiting: residents.reduce((sum, { gate }) => sum + gate.waiting, 0),
    queues: residents.map(modelQueue),
  };
}

function loadedModel({ model, adapter, gate, keepAlive }: Resident, loaded: Loaded): LoadedModel {
  return {
    model,
    adapter,
    slots: loaded.slots,
    busy: gate.busy,
    waiting: gate.waiting,
    bytes: loaded.weightsBytes + loaded.contextBytes,
    contextTokens: loaded.contextTokens,
    expiresAt: keepAlive.expiresAt,
  };
}

function modelQueue({ model, adapter, gate }: Resident): ModelQueue {
  return { model, adapter, slots: gate.capacity, busy: gate.busy, waiting: gate.line() };
}
