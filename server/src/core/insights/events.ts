import { areDisjoint, type Member } from './subspaces.ts';

/** Something that happened to a measure in a subspace: a trend, a shift, a change, an exception. */
export interface Effect {
  measure: string | null;
  filters: readonly Member[];
  /** When, as an index of periods; 0 for what has no moment. */
  at: number;
  /** How much, in the unit of the measure. */
  amount: number;
  /** The same as a share of what was there. */
  relative: number;
  /** How much it should be told. */
  weight: number;
}

const sameShare = 0.6;
const sameRate = 0.5;
const sameMoment = 1;

/**
 * A topic for each effect, in order; effects that are one event seen from several sides have the same one. When coffee
 * falls in the South, so does all coffee, the South, every shop there and the whole: each by about the same amount, or at
 * about the same rate. Members of one dimension that do not overlap are separate events, unless the whole moved as they did.
 */
export function topicsOf(effects: readonly Effect[]): string[] {
  const order = effects.map((_, index) => index).toSorted((a, b) => weightAt(effects, b) - weightAt(effects, a));
  const topics = new Map<number, string>();
  for (const index of order) {
    const effect = effects[index];
    if (effect === undefined) continue;
    const earlier = [...topics].find(([other]) => isSameEvent(effect, effects[other]));
    topics.set(index, earlier?.[1] ?? nameOf(effect));
  }
  return effects.map((_, index) => topics.get(index) ?? '');
}

const weightAt = (effects: readonly Effect[], index: number): number => effects[index]?.weight ?? 0;

function isSameEvent(effect: Effect, other: Effect | undefined): boolean {
  if (other === undefined || effect.measure !== other.measure) return false;
  if (Math.sign(effect.amount) !== Math.sign(other.amount)) return false;
  if (Math.abs(effect.at - other.at) > sameMoment || areDisjoint(effect.filters, other.filters)) return false;
  return (
    ratio(effect.amount, other.amount) >= sameShare ||
    ratio(effect.relative, other.relative) >= sameRate ||
    isDiluted(effect, other)
  );
}

/** Whether what happened to few is all there is to what happened to more of them, or to all. */
function isDiluted(first: Effect, second: Effect): boolean {
  const [few, many] = first.filters.length > second.filters.length ? [first, second] : [second, first];
  return few.filters.length > many.filters.length && Math.abs(few.amount) >= sameShare * Math.abs(many.amount);
}

function ratio(first: number, second: number): number {
  const [a, b] = [Math.abs(first), Math.abs(second)];
  return Math.min(a, b) / Math.max(a, b);
}

const nameOf = ({ measure, filters, at }: Effect): string =>
  JSON.stringify([measure, filters.map(({ column, value }) => [column, value]), at]);
