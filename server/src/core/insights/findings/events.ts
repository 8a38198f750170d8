import { areDisjoint, type Member } from '../queries/subspaces.ts';

/** Something that happened to a measure in a subspace: a trend, a shift, a change, an exception. */
export interface Effect extends Seen {
  measure: string | null;
  filters: readonly Member[];
  /** Share (0..1) of the whole that the subspace is. */
  share: number;
  /** When, as an index of periods; 0 for what has no moment. */
  at: number;
  /** Where the moment is estimated: what is seen of it if it was another one. */
  seenAt?: (at: number) => Seen;
}

interface Seen {
  /** How much, in the unit of the measure. */
  amount: number;
  /** The same in percent of what was there. */
  relative: number;
}

/** What is told of an effect. */
export interface Event {
  /** Effects that are one event, seen from several sides, have the same. */
  topic: string;
  /** In percent: what is left of it beside what the rest of the whole did, too. */
  own: number;
  /** From 0 to 1: how striking that is. */
  strength: number;
  /** How much it should be told. */
  weight: number;
}

const sameShare = 0.6;
const sameRate = 0.5;
const sameMoment = 1;

/**
 * An event for each effect, in order. When coffee falls in the South, so does all coffee, the South, every shop there and the
 * whole: each by about the same amount, or at about the same rate. Members of one dimension that do not overlap are
 * separate events, unless the whole moved as they did. What the rest of the whole does as well is no effect of a member:
 * only what goes beyond it makes it striking, so that an event is told where it comes from, not where most of it is seen.
 */
export function eventsOf(effects: readonly Effect[], strengthOf: (percent: number) => number): Event[] {
  const weighed = effects.map((effect) => {
    const own = ownOf(effect, effects);
    const strength = strengthOf(own);
    return { effect, own, strength, weight: Math.sqrt(effect.share) * strength };
  });
  const topics = new Map<Effect, string>();
  for (const { effect } of weighed.toSorted((first, second) => second.weight - first.weight)) {
    const earlier = [...topics].find(([other]) => isSameEvent(effect, other));
    topics.set(effect, earlier?.[1] ?? nameOf(effect));
  }
  return weighed.map(({ effect, ...told }) => ({ ...told, topic: topics.get(effect) ?? '' }));
}

function ownOf(effect: Effect, effects: readonly Effect[]): number {
  const { measure, filters, share, relative, at } = effect;
  const whole = effects.find((other) => other.measure === measure && other.filters.length === 0);
  if (filters.length === 0 || whole === undefined || share >= 1) return relative;
  const rest = (seenIn(whole, at).relative - share * relative) / (1 - share);
  if (Math.sign(rest) !== Math.sign(relative)) return relative;
  return Math.sign(relative) * Math.max(0, Math.abs(relative) - Math.abs(rest));
}

/** What is seen of it at a moment. */
function seenIn(effect: Effect, at: number): Seen {
  if (effect.seenAt !== undefined) return effect.seenAt(at);
  return Math.abs(effect.at - at) <= sameMoment ? effect : { amount: 0, relative: 0 };
}

function isSameEvent(effect: Effect, other: Effect): boolean {
  if (effect.measure !== other.measure || areDisjoint(effect.filters, other.filters)) return false;
  if (Math.sign(effect.amount) !== Math.sign(other.amount)) return false;
  if (isDiluted(effect, other)) return true;
  return (
    Math.abs(effect.at - other.at) <= sameMoment &&
    (ratio(effect.amount, other.amount) >= sameShare || ratio(effect.relative, other.relative) >= sameRate)
  );
}

/** Whether what happened to few is, at that moment, all there is to what happened to more of them, or to all. */
function isDiluted(first: Effect, second: Effect): boolean {
  const [few, many] = first.filters.length > second.filters.length ? [first, second] : [second, first];
  if (few.filters.length === many.filters.length) return false;
  return Math.sign(many.amount) * seenIn(few, many.at).amount >= sameShare * Math.abs(many.amount);
}

function ratio(first: number, second: number): number {
  const [a, b] = [Math.abs(first), Math.abs(second)];
  return Math.min(a, b) / Math.max(a, b);
}

const nameOf = ({ measure, filters, at }: Effect): string =>
  JSON.stringify([measure, filters.map(({ column, value }) => [column, value]), at]);
