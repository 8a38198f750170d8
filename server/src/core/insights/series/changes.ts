import { changeAxis, seasonLengths } from './axis.ts';
import { seasonIn } from './courses.ts';
import { eventsOf, type Event } from '../findings/events.ts';
import type { Investigation } from '../findings/investigation.ts';
import { remember } from '../findings/remember.ts';
import { loadSeries, type Series } from './series.ts';
import { extremeProbability } from '../statistics/extreme-probability.ts';
import { fitSeries } from '../statistics/fit-series.ts';
import { median, robustDeviation } from '../statistics/order-statistics.ts';
import { effectsOfExtremeRows } from './usual-rows.ts';

/** From one period to another that it is compared with. */
export interface Change extends Event {
  series: Series;
  /** Indices of the series. */
  current: number;
  previous: number;
  /** By how much, in percent; NaN where there was nothing. */
  percent: number;
  p: number;
  /** How many usual changes it is away from the usual one. */
  z: number;
  isHeavyTailed: boolean;
  /** Changes of the past that it was compared with. */
  n: number;
  /** How far it is from the usual change, and how far those of the past were. */
  deviation: number;
  usualDeviations: readonly number[];
}

type FoundChange = Omit<Change, keyof Event>;

const largestP = 0.05;
const fewestDeltas = 8;
const strikingPct = 50;

/** The change of every series between the periods that are compared; none with less than eight changes before it. */
export function changesOf(investigation: Investigation): Promise<readonly Change[]> {
  return remember(investigation, 'changes', async () => {
    const axis = changeAxis(investigation.table);
    const previous = investigation.table.time?.previous ?? null;
    if (axis === null || previous === null) return [];
    const series = await loadSeries(investigation, axis);
    const changes = series.flatMap((each) => changeOf(each, previous) ?? []);
    return withEvents(await ofWholePeriods(investigation, changes));
  });
}

const strengthOf = (percent: number): number => Math.min(1, Math.abs(percent) / strikingPct) || 0;

function changeOf(series: Series, previousStart: string): FoundChange | undefined {
  const current = series.periods.indexOf(series.axis.periods.at(-1) ?? '');
  const previous = series.periods.indexOf(previousStart);
  const lag = current - previous;
  if (previous < 0 || lag < 1) return undefined;
  const isWhole = series.periods.length === series.axis.periods.length;
  const season = isWhole ? seasonIn(series.rates, seasonLengths[series.axis.grain]) : 1;
  // What comes back every season is no change of it; compared with a season ago, it is gone already.
  const { adjusted } = fitSeries(series.rates, lag === season ? 1 : season);
  const deltas = adjusted.slice(lag).map((value, index) => value - (adjusted[index] ?? 0));
  const past = deltas.slice(0, -1);
  if (past.length < fewestDeltas) return undefined;
  const usual = median(past);
  const deviation = (deltas.at(-1) ?? 0) - usual;
  const usualDeviations = past.map((delta) => delta - usual);
  const probability = extremeProbability(deviation, { others: usualDeviations, tries: 1 });
  if (probability === null) return undefined;
  const [from, to] = [series.values[previous] ?? 0, series.values[current] ?? 0];
  const percent = from === 0 ? Number.NaN : (100 * (to - from)) / Math.abs(from);
  const isAgainstItself = Math.sign(deviation) !== Math.sign(to - from);
  return {
    series,
    current,
    previous,
    // A usual change that did not come is not told as a change.
    percent: isAgainstItself ? Number.NaN : percent,
    z: deviation / robustDeviation(past),
    n: past.length,
    deviation,
    usualDeviations,
    ...probability,
  };
}

/** Less sure, where one row of either period makes the change. */
async function ofWholePeriods(investigation: Investigation, changes: readonly FoundChange[]): Promise<FoundChange[]> {
  const striking = investigation.signal.aborted ? [] : changes.filter(({ p }) => p <= largestP);
  const moments = striking.flatMap(({ series, current, previous, deviation }) => [
    { series, at: current, direction: Math.sign(deviation) },
    { series, at: previous, direction: -Math.sign(deviation) },
  ]);
  const effects = await effectsOfExtremeRows(investigation, moments);
  return changes.map((change) => {
    const index = striking.indexOf(change);
    return index < 0 ? change : withoutExtremeRows(change, effects.slice(2 * index, 2 * index + 2));
  });
}

function withoutExtremeRows(change: FoundChange, [inCurrent = 0, inPrevious = 0]: readonly number[]): FoundChange {
  const { deviation, usualDeviations, p } = change;
  const rest = deviation + inCurrent - inPrevious;
  const probability = extremeProbability(rest, { others: usualDeviations, tries: 1 });
  return { ...change, p: Math.sign(rest) === Math.sign(deviation) ? Math.max(p, probability?.p ?? 1) : 1 };
}

function withEvents(changes: readonly FoundChange[]): Change[] {
  const events = eventsOf(
    changes.map(({ series, current, previous, percent }) => ({
      measure: series.measure.column,
      filters: series.filters,
      share: series.impact,
      at: 0,
      amount: (series.values[current] ?? 0) - (series.values[previous] ?? 0),
      relative: percent,
    })),
    strengthOf,
  );
  return changes.flatMap((change, index) => {
    const event = events[index];
    return event === undefined ? [] : [{ ...change, ...event, topic: `change ${event.topic}` }];
  });
}
