import { coursesOf, type Course } from '../series/courses.ts';
import { eventsOf } from '../findings/events.ts';
import type { Candidate, Investigation } from '../findings/investigation.ts';
import { seriesSql } from '../series/series.ts';
import { extremeProbability } from '../statistics/extreme-probability.ts';
import { modifiedZ } from '../statistics/order-statistics.ts';
import { effectsOfExtremeRows } from '../series/usual-rows.ts';
import { aboutSeries, timeCaveats } from '../findings/subjects.ts';
import { cell, derived, tell } from '../findings/tell.ts';

const largestP = 0.05;
const smallestZ = 5;
const smallestPct = 10;
const strikingPct = 100;

interface Exception {
  course: Course;
  at: number;
  z: number;
  p: number;
  isHeavyTailed: boolean;
  amount: number;
  percent: number;
}

/** The period of each measure that is farthest from what trend and season let expect, by its modified z. */
export async function timeOutlier(investigation: Investigation): Promise<Candidate[]> {
  const found = (await coursesOf(investigation)).flatMap((course) => exceptionOf(course) ?? []);
  const exceptions = await ofWholePeriods(investigation, found);
  const events = eventsOf(
    exceptions.map(({ course: { series }, at, amount, percent }) => ({
      measure: series.measure.column,
      filters: series.filters,
      share: series.impact,
      at,
      amount,
      relative: percent,
    })),
    strengthOf,
  );
  return exceptions.map((exception, index) => {
    const { topic = '', own = 0, strength = 0 } = events[index] ?? {};
    return {
      type: 'time_outlier',
      subject: aboutSeries(investigation.table, exception.course.series),
      p: exception.p,
      isLarge: !isShifted(exception.course) && Math.abs(exception.z) >= smallestZ && Math.abs(own) >= smallestPct,
      impact: exception.course.series.impact,
      strength,
      topics: [`exception ${topic}`],
      finding: () => findingOf(investigation, exception),
    };
  });
}

/** Around another level than the line, every value of a shifted series is an exception. */
const isShifted = ({ isStep, shift }: Course): boolean => isStep && shift.p <= largestP;

const strengthOf = (percent: number): number => Math.min(1, Math.abs(percent) / strikingPct) || 0;

function exceptionOf(course: Course): Exception | undefined {
  const { residuals, series } = course;
  const z = modifiedZ(residuals);
  if (z === null) return undefined;
  const at = z.reduce((farthest, each, index) => (Math.abs(each) > Math.abs(z[farthest] ?? 0) ? index : farthest), 0);
  const amount = residuals[at] ?? 0;
  const probability = probabilityOf(course, at, amount);
  if (probability === null) return undefined;
  const expected = (series.rates[at] ?? 0) - amount;
  const percent = expected === 0 ? Number.NaN : (100 * amount) / Math.abs(expected);
  return { course, at, z: z[at] ?? 0, amount, percent, ...probability };
}

/** Less sure, where one row makes the exception. */
async function ofWholePeriods(investigation: Investigation, exceptions: readonly Exception[]): Promise<Exception[]> {
  const striking = investigation.signal.aborted ? [] : exceptions.filter(({ p }) => p <= largestP);
  const moments = striking.map(({ course: { series }, at, amount }) => ({ series, at, direction: Math.sign(amount) }));
  const effects = await effectsOfExtremeRows(investigation, moments);
  return exceptions.map((exception) => {
    const index = striking.indexOf(exception);
    return index < 0 ? exception : withoutExtremeRow(exception, effects[index] ?? 0);
  });
}

function withoutExtremeRow(exception: Exception, effect: number): Exception {
  const { course, at, amount, p } = exception;
  const rest = amount + effect;
  const isStill = Math.sign(rest) === Math.sign(amount);
  return { ...exception, p: isStill ? Math.max(p, probabilityOf(course, at, rest)?.p ?? 1) : 1 };
}

function probabilityOf({ residuals }: Course, at: number, amount: number): ReturnType<typeof extremeProbability> {
  const others = residuals.filter((_, index) => index !== at);
  return extremeProbability(amount, { others, tries: residuals.length });
}

function findingOf(investigation: Investigation, exception: Exception): ReturnType<Candidate['finding']> {
  const { course, at } = exception;
  const { axis, measure, periods } = course.series;
  const n = periods.length;
  return tell(investigation, {
    type: 'time_outlier',
    subject: aboutSeries(investigation.table, course.series),
    sql: seriesSql(investigation.table, course.series),
    facts: {
      value: cell(at, 1, measure.unit),
      expected: derived('expected_at', ['value', at, course.season], measure.unit),
      difference_pct: derived('unexpected_pct', ['value', at, course.season], '%'),
    },
    labels: { when: { kind: 'period', start: periods[at] ?? '', grain: axis.grain } },
    score: {
      impact: course.series.impact,
      p: exception.p,
      effect: exception.z,
      test: 'modified z of residuals',
      n,
    },
    caveats: [
      ...timeCaveats(investigation, { measure, n }),
      ...(exception.isHeavyTailed ? [{ code: 'heavy_tails' as const }] : []),
    ],
  });
}
