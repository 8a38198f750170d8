import type { Grain, TimeAxis } from '../../../../models/insight.ts';
import type { Language } from '../../../../models/language.ts';
import { monthNames, shortMonthLetters } from '../../../../models/month-names.ts';
import { fold } from '../../../retrieval/fold.ts';
import { addDays, lastDayOf } from '../../profile/periods.ts';
import {
  dayPoint,
  halfPoint,
  lastFew,
  monthPoint,
  quarterPoint,
  relative,
  writtenDay,
  yearPoint,
  type Point,
} from './period-points.ts';
import { notCompared, notSame } from '../words/growth-words.ts';
import type { Period } from '../plan/plan.ts';
import type { QuestionText } from '../words/question-text.ts';

export interface PeriodOptions {
  axis: TimeAxis;
  language: Language;
  now: Date;
}

interface Rule {
  form: RegExp;
  point(match: RegExpExecArray, options: PeriodOptions): Point | null;
}

/** The forms of each month, in either language. */
const months: readonly (readonly string[])[] = monthNames.pt.map((name, index) => [
  fold(name),
  monthNames.en[index]!.replace(/^may$/, 'may(?! i| we| you)'),
]);
const shortMonths = monthNames.pt.map((name, index) =>
  [...new Set([name, monthNames.en[index]!].map((each) => each.slice(0, shortMonthLetters)))].join('|'),
);
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
const anyMonth = `(${months.map((names) => names.join('|')).join('|')})`;
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
    point: ([, month, y]) => monthPoint(shortNumberOf(month), y),
  },
  {
    form: new RegExp(`${anyShortMonth}/(\\d\\d)`),
    point: ([, month, y]) => monthPoint(shortNumberOf(month), `20${y}`),
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
      [
        `${notSame}(?:${anyGrain(periodGrains)} passad[oa]|(?:ultim[oa]|last) ${anyGrain(periodGrains)})`,
        `${notSame}${notCompared}(?:${anyGrain(periodGrains)} anterior|previous ${anyGrain(periodGrains)})`,
      ].join('|'),
    ),
    point: ([, ...words], { now }) => relative(grainOf(words.find((word) => word !== undefined)), { now, steps: -1 }),
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
  const points: (Point & { mark: string })[] = [];
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
function latest(point: Point, axis: TimeAxis): Period {
  const last = lastKnownDay(axis) ?? '1970-12-31';
  const inLastYear = resolved(point, Number(last.slice(0, 4)));
  return inLastYear.first <= last ? inLastYear : resolved(point, Number(last.slice(0, 4)) - 1);
}

function resolved(point: Point, inYear: number): Period {
  return point.resolve(inYear) ?? { first: `${String(inYear)}-01-01`, last: `${String(inYear)}-12-31`, grain: 'year' };
}

function namedDay(d: string | undefined, month: string | undefined, y: string | undefined): Point | null {
  return dayPoint(y, String(numberOf(month)), d);
}

function numberOf(month: string | undefined): number {
  const form = new RegExp(`^(?:${month ?? ''})$`);
  return 1 + months.findIndex((names) => names.some((name) => form.test(name.replace(/\(.*$/, ''))));
}

function shortNumberOf(month: string | undefined): number {
  return 1 + shortMonths.findIndex((names) => names.split('|').includes(month ?? ''));
}

function ordinalNumber(text: string | undefined): number {
  return 1 + ordinals.findIndex((form) => new RegExp(`^(?:${form})$`).test(text ?? ''));
}

function grainOf(word: string | undefined): Grain {
  const grains = ['day', 'week', 'month', 'quarter', 'year'] as const;
  return grains.find((grain) => new RegExp(`^(?:${grainWords[grain]})$`).test(word ?? '')) ?? 'day';
}
