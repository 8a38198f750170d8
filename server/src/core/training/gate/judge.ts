import type { Measures } from './measure.ts';

export interface GateLimits {
  /** What of the held-out loss may remain at most, as a factor. */
  heldOutNll: number;
  /** To what the loss on what it could do before may grow at most, as a factor. */
  replayNll: number;
  /** How many points of a hundred questions over documents may be lost. */
  retrievalPoints: number;
}

export const defaultGateLimits: GateLimits = { heldOutNll: 0.95, replayNll: 1.05, retrievalPoints: 2 };

export interface GateRow {
  name: keyof Measures;
  before: number;
  after: number;
  /** The most that a loss, or the least that a score may be; null for what is told and not judged. */
  limit: number | null;
  holds: boolean;
}

export interface Judgement {
  accepted: boolean;
  table: readonly GateRow[];
}

/** Accepted is what learned the new and kept the old; a number that is none holds nowhere. */
export function judge(before: Measures, after: Measures, limits: GateLimits = defaultGateLimits): Judgement {
  const row = (name: keyof Measures, limit: number | null, holds: boolean): GateRow => {
    return { name, before: before[name], after: after[name], limit, holds };
  };
  const most = (name: 'heldOutNll' | 'replayNll'): GateRow => {
    const limit = before[name] * limits[name];
    return row(name, limit, after[name] <= limit);
  };
  const least = before.retrieval - limits.retrievalPoints;
  const table = [
    most('heldOutNll'),
    most('replayNll'),
    row('heldOutExact', null, Number.isFinite(after.heldOutExact)),
    row('retrieval', least, after.retrieval >= least),
  ];
  return { accepted: table.every(({ holds }) => holds), table };
}
