import type { Grain, TimeAxis } from '../../../models/insight.ts';
import type { Language } from '../../../models/language.ts';
import { addDays, addPeriods, lastDayOf, startOf } from '../profile/periods.ts';
import type { Period } from './plan.ts';
import type { QuestionText } from './question-text.ts';

export interface PeriodOptions {
  axis: TimeAxis;
  language: Language;
  now: Date;
}

/** A period whose year the question may have left open. */
interface Point {
  mark: string;
  grain: Grain | 'half' | 'span';
  year: number | null;
  /** Its days in a year; the year counts only where it is known already. */
  resolve(year: number): Period | null;
}

interface Rule {
  form: RegExp;
  point(match: RegExpExecArray, options: PeriodOptions): Omit<Point, 'mark'> | null;
}

const monthNames: readonly (readonly string[])[] = [
  ['janeiro', 'january'],
  ['fevereiro', 'february'],
  ['marco', 'march'],
  ['abril', 'april'],
  ['maio', 'may(?! i| we| you)'],
  ['junho', 'june'],
  ['julho', 'july'],
  ['agosto', 'august'],
  ['setembro', 'september'],
  ['outubro', 'october'],
  ['novembro', 'november'],
  ['dezembro', 'december'],
];
const shortMonths = 'jan fev|feb mar abr|apr mai|may jun jul ago|aug set|sep out|oct nov dez|dec'.split(' ');
const ordinals: readonly string[] = [
  '1[oa°]?|1 st|primeir[oa]|first',
  '2[oa°]?|2 nd|segund[oa]|second',
  '3[oa°]?|3 rd|terceir[oa]|third',
  '4[oa°]?|4 th|quart[oa]|fourth',
];
const grainWords = {
  day: 'dias?|days?',
  week: 'semanas?|weeks?',
  month: 'mes(?:es)?|months?',
  quarter: 'trimestres?|quarters?',
  year: 'anos?|years?',
} as const satisfies Record<Grain, string>;

const year = '((?:19|20)\\d\\d)';
const ofYear = `(?:(?: (?:de|do ano de|of|em|in))? ${year})?`;
const anyMonth = `(${monthNames.map((names) => names.join('|')).join('|')})`;
const anyShortMonth = `(${shortMonths.join('|')})`;
const anyOrdinal = `(${ordinals.join('|')})`;
const anyGrain = (grains: readonly Grain[]): string => `(${grains.map((grain) => grainWords[grain]).join('|')})`;
const periodGrains = ['week', 'month', 'quarter', 'year'] as const;
const notYears =
  '(?<!(?:acima|mais|menos|abaixo|maior|menor|superior|inferior|pelo|at|up|over|above|below|under|than|que|top|least|most|minimo|maximo)(?: de| do que| que| a| than| least| most| to)? )';

const rules: readonly Rule[] = [
  { form: /(\d{4})-(\d\d)-(\d\d)/, point: ([, y, m, d]) => dayPoint(y, m, d) },
  {
    form: /(\d\d?)\/(\d\d?)\/(\d{4})/,
    point: ([, one, other, y], { language }) => writtenDay([one, other, y], language),
  },
  {
    form: new RegExp(`(?:dia )?(\\d\\d?)(?:[oa°])? (?:de |of )?${anyMonth}${ofYear}`),
    point: ([, d, month, y]) => namedDay(d, month, y),
  },
  {
    form: new RegExp(`${anyMonth} (\\d\\d?)(?: (?:st|nd|rd|th))?(?: ${year})?(?! (?:days|dias))`),
    point: ([, month, d, y]) => namedDay(d, month, y),
  },
  { form: /(\d{4})-(\d\d)/, point: ([, y, m]) => monthPoint(Number(m), y) },
  { form: /(0?[1-9]|1[0-2])\/(\d{4})/, point: ([, m, y]) => monthPoint(Number(m), y) },
  { form: new RegExp(`(?:mes de )?${anyMonth}${ofYear}`), point: ([, month, y]) => monthPoint(numberOf(month), y) },
  {
    form: new RegExp(`${anyShortMonth}(?: (?:de|of))? ${year}`),
    point: ([, month, y]) =>
      monthPoint(1 + shortMonths.findIndex((names) => names.split('|').includes(month ?? '')), y),
  },
  { form: new RegExp(`${year}-[qt]([1-4])`), point: ([, y, number]) => quarterPoint(Number(number), y) },
  { form: new RegExp(`[qt]([1-4])${ofYear}`), point: ([, number, y]) => quarterPoint(Number(number), y) },
  {
    form: new RegExp(`${anyOrdinal} (?:trimestre|quarter)${ofYear}`),
    point: ([, ordinal, y]) => quarterPoint(ordinalNumber(ordinal), y),
  },
  {
    form: new RegExp(`${anyOrdinal} (?:semestre|half)${ofYear}`),
    point: ([, ordinal, y]) => halfPoint(ordinalNumber(ordinal), y),
  },
  {
    form: new RegExp(
      `(?:nos |no |in the |the )?(?:ultim[oa]s|last|past|previous) (\\d+) ${anyGrain(['day', ...periodGrains])}`,
    ),
    point: ([, count, word], { now }) => lastFew(Number(count), grainOf(word), now),
  },
  {
    form: new RegExp(
      `${anyGrain(periodGrains)} (?:passad[oa]|anterior)|(?:ultim[oa]|last|previous) ${anyGrain(periodGrains)}`,
    ),
    point: ([, one, other], { now }) => relative(grainOf(one ?? other), { now, steps: -1 }),
  },
  {
    form: new RegExp(
      `(?:este|esse|esta|essa|neste|nesse|nesta|nessa|deste|desse|desta|dessa|this|current) ${anyGrain(periodGrains)}|${anyGrain(periodGrains)} atual`,
    ),
    point: ([, one, other], { now }) => relative(grainOf(one ?? other), { now, steps: 0 }),
  },
  { form: /hoje|today/, point: (_, { now }) => relative('day', { now, steps: 0 }) },
  { form: /ontem|yesterday/, point: (_, { now }) => relative('day', { now, steps: -1 }) },
  { form: new RegExp(`${notYears}(?:o ano de |ano de |the year |year )?${year}`), point: ([, y]) => yearPoint(y) },
];

/** Marks the periods that a question names with `@p0`, `@p1`, …, in the order in which they stand in it. */
export function matchPeriods(question: QuestionText, options: PeriodOptions): Period[] {
  const points: Point[] = [];
  for (const { form, point } of rules) {
    for (;;) {
      const mark = `@x${String(points.length)}`;
      const match = new RegExp(`(?<![^ ])(?:${form.source})(?![^ ])`).exec(question.text());
      const found = match === null ? null : point(match, options);
      if (found === null) break;
      question.take(form, mark);
      points.push({ ...found, mark });
    }
  }
  const order = question.text().split(' ');
  const sorted = points.toSorted((one, other) => order.indexOf(one.mark) - order.indexOf(other.mark));
  return sorted.map(({ mark, ...point }, index) => {
    question.take(new RegExp(mark), `@p${String(index)}`);
    // "maio e junho de 2024": the year stands behind the last one.
    const known =
      point.year ??
      sorted.slice(index + 1).find((later) => later.year !== null && later.grain !== 'span')?.year ??
      null;
    return known === null ? latest(point, options.axis) : resolved(point, known);
  });
}

/** The last day that is known to have rows, or the period of it to be complete. */
export function lastKnownDay({ grain, partial, periods }: TimeAxis): string | null {
  if (partial !== null) return addDays(partial.period, Math.max(1, partial.days) - 1);
  const last = periods.at(-1);
  return last === undefined ? null : lastDayOf(last, grain);
}

/** Without a year, the latest one that the table has is meant. */
function latest(point: Omit<Point, 'mark'>, axis: TimeAxis): Period {
  const last = lastKnownDay(axis) ?? '1970-12-31';
  const inLastYear = resolved(point, Number(last.slice(0, 4)));
  return inLastYear.first <= last ? inLastYear : resolved(point, Number(last.slice(0, 4)) - 1);
}

function resolved(point: Omit<Point, 'mark'>, inYear: number): Period {
  return point.resolve(inYear) ?? { first: `${String(inYear)}-01-01`, last: `${String(inYear)}-12-31`, grain: 'year' };
}

function numberOrNull(text: string | undefined): number | null {
  return text === undefined ? null : Number(text);
}

function wholePeriod(start: string, grain: Grain): Period {
  return { first: start, last: lastDayOf(start, grain), grain };
}

function dateOf(inYear: number, month: number, day: number): string {
  return `${String(inYear)}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function dayPoint(y: string | undefined, m: string | undefined, d: string | undefined): Omit<Point, 'mark'> | null {
  const [month, day] = [Number(m), Number(d)];
  const isDay = (inYear: number): boolean => {
    return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(inYear, month, 0)).getUTCDate();
  };
  if (!isDay(numberOrNull(y) ?? 2024)) return null;
  return {
    grain: 'day',
    year: numberOrNull(y),
    resolve: (inYear) => (isDay(inYear) ? wholePeriod(dateOf(inYear, month, day), 'day') : null),
  };
}

/** In English, 3/4 is a day of March or of April: what can be read in two ways is not read. */
function writtenDay([one, other, y]: readonly (string | undefined)[], language: Language): Omit<Point, 'mark'> | null {
  if (language === 'pt') return dayPoint(y, other, one);
  if (Number(one) > 12) return dayPoint(y, other, one);
  return Number(other) > 12 || one === other ? dayPoint(y, one, other) : null;
}

function namedDay(d: string | undefined, month: string | undefined, y: string | undefined): Omit<Point, 'mark'> | null {
  return dayPoint(y, String(numberOf(month)), d);
}

function monthPoint(month: number, y: string | undefined): Omit<Point, 'mark'> | null {
  if (month < 1 || month > 12) return null;
  return { grain: 'month', year: numberOrNull(y), resolve: (inYear) => wholePeriod(dateOf(inYear, month, 1), 'month') };
}

function quarterPoint(quarter: number, y: string | undefined): Omit<Point, 'mark'> {
  const month = quarter * 3 - 2;
  return {
    grain: 'quarter',
    year: numberOrNull(y),
    resolve: (inYear) => wholePeriod(dateOf(inYear, month, 1), 'quarter'),
  };
}

function halfPoint(half: number, y: string | undefined): Omit<Point, 'mark'> | null {
  if (half > 2) return null;
  return {
    grain: 'half',
    year: numberOrNull(y),
    resolve: (inYear) => ({
      first: dateOf(inYear, half * 6 - 5, 1),
      last: lastDayOf(dateOf(inYear, half * 6, 1), 'month'),
      grain: null,
    }),
  };
}

function yearPoint(y: string | undefined): Omit<Point, 'mark'> {
  return { grain: 'year', year: numberOrNull(y), resolve: (inYear) => wholePeriod(dateOf(inYear, 1, 1), 'year') };
}

/** The days before today, and the periods before the one that today is in. */
function lastFew(count: number, grain: Grain, now: Date): Omit<Point, 'mark'> | null {
  if (count < 1 || count > 1_000) return null;
  const current = startOf(now.toISOString().slice(0, 10), grain);
  const first = addPeriods(current, grain, -count);
  return span({ first, last: addDays(current, -1), grain: null });
}

function relative(grain: Grain, { now, steps }: { now: Date; steps: number }): Omit<Point, 'mark'> {
  const current = startOf(now.toISOString().slice(0, 10), grain);
  return span(wholePeriod(addPeriods(current, grain, steps), grain));
}

function span(period: Period): Omit<Point, 'mark'> {
  return { grain: 'span', year: Number(period.first.slice(0, 4)), resolve: () => period };
}

function numberOf(month: string | undefined): number {
  const form = new RegExp(`^(?:${month ?? ''})$`);
  return 1 + monthNames.findIndex((names) => names.some((name) => form.test(name.replace(/\(.*$/, ''))));
}

function ordinalNumber(text: string | undefined): number {
  return 1 + ordinals.findIndex((form) => new RegExp(`^(?:${form})$`).test(text ?? ''));
}

function grainOf(word: string | undefined): Grain {
  const grains = ['day', 'week', 'month', 'quarter', 'year'] as const;
  return grains.find((grain) => new RegExp(`^(?:${grainWords[grain]})$`).test(word ?? '')) ?? 'day';
}
