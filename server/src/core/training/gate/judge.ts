import type { Measures } from './measure.ts';

export interface GateLimits {
  /** What of the held-out loss may remain at most, as a factor. */
  heldOutNll: number;
  /** To what the loss on what it could do before may grow at most, as a factor. */
  replayNll: number;
  /** By how much it may grow in any case: a twentieth of a loss of almost nothing is less than nothing. */
  replaySlack: number;
  /** Which share (0..1) of the short answers that were taught must be given, at least. */
  taughtExact: number;
  /** How many points of a hundred questions over documents may be lost. */
  retrievalPoints: number;
}

export const defaultGateLimits: GateLimits = {
  heldOutNll: 0.95,
  replayNll: 1.05,
  replaySlack: 0.02,
  taughtExact: 0.5,
  retrievalPoints: 2,
};

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
    return { name, before: before[name] ?? NaN, after: after[name] ?? NaN, limit, holds };
  };
  const taught =
    after.taughtExact === null ? [] : [row('taughtExact', limits.taughtExact, after.taughtExact >= limits.taughtExact)];
  const most = (name: 'heldOutNll' | 'replayNll', limit: number): GateRow => row(name, limit, after[name] <= limit);
  const replayLimit = Math.max(before.replayNll * limits.replayNll, before.replayNll + limits.replaySlack);
  const least = before.retrieval - limits.retrievalPoints;
  const table = [
    most('heldOutNll', before.heldOutNll * limits.heldOutNll),
    most('replayNll', replayLimit),
    ...taught,
    row('heldOutExact', null, Number.isFinite(after.heldOutExact)),
    row('retrieval', least, after.retrieval >= least),
  ];
  return { accepted: table.every(({ holds }) => holds), table };
}
