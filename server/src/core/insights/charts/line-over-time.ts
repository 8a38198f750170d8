import type { Finding, Grain, Label } from '../../../models/insight.ts';
import type { WordingOptions } from '../narrative/label-text.ts';
import { amountTitle } from './amount-title.ts';
import { amountAxis, colourByRole, markColours, type MarkRole, type Spec } from './chart-parts.ts';
import { amountOf, rowsOf } from './rows-of.ts';

/** The newest ones are drawn; more are closer than a pixel. */
const mostPoints = 480;

const formats: Readonly<Record<WordingOptions['language'], Readonly<Record<Grain, string>>>> = {
  pt: { day: '%d/%m/%Y', week: '%d/%m/%Y', month: '%m/%Y', quarter: '%m/%Y', year: '%Y' },
  en: { day: '%Y-%m-%d', week: '%Y-%m-%d', month: '%Y-%m', quarter: '%Y-%m', year: '%Y' },
};

const shares = { pt: 'participação', en: 'share' } as const;

/** A measure along its periods, with the periods of the finding marked. Columns `period` and `value`. */
export function lineOverTime(finding: Finding, options: WordingOptions): Spec | null {
  return line(finding, { ...options, title: amountTitle(finding, options) });
}

/** A share along its periods, in percent. Columns `period` and `value`. */
export function shareOverTime(finding: Finding, options: WordingOptions): Spec | null {
  return line(finding, { ...options, title: `${shares[options.language]} (%)` });
}

function line(finding: Finding, { language, title }: WordingOptions & { title: string }): Spec | null {
  const points = rowsOf(finding)
    .flatMap(({ period, value }) => {
      const amount = amountOf(value);
      return typeof period === 'string' && amount !== null ? [{ period: period.slice(0, 10), amount }] : [];
    })
    .slice(-mostPoints);
  if (points.length < 2) return null;
  const roles = rolesOf(finding);
  const marked = points.flatMap((point) => {
    const role = roles.get(point.period);
    return role === undefined ? [] : [{ ...point, role }];
  });
  const axis = { title: null, format: formats[language][grainOf(finding)], labelOverlap: true };
  const encoding = {
    x: { field: 'period', type: 'temporal', scale: { type: 'utc' }, axis },
    y: amountAxis(title),
  };
  return {
    height: 240,
    encoding,
    layer: [
      { data: { values: points }, mark: { type: 'line', color: markColours.compared } },
      ...(marked.length === 0 ? [] : [pointsOf(marked)]),
    ],
  };
}

function pointsOf(values: readonly Spec[]): Spec {
  return {
    data: { values },
    mark: { type: 'point', filled: true, size: 90, opacity: 1 },
    encoding: { color: colourByRole },
  };
}

function rolesOf({ labels }: Finding): ReadonlyMap<string, MarkRole> {
  const start = (name: string): string => {
    const label: Label | undefined = labels[name];
    return label?.kind === 'period' ? label.start.slice(0, 10) : '';
  };
  return new Map<string, MarkRole>([
    ...['previous_period', 'first_period'].map((name): [string, MarkRole] => [start(name), 'compared']),
    ...['current_period', 'last_period', 'since', 'when'].map((name): [string, MarkRole] => [start(name), 'told']),
  ]);
}

function grainOf({ labels, subject }: Finding): Grain {
  const period = Object.values(labels).find((label) => label.kind === 'period');
  return period?.grain ?? subject.period?.grain ?? 'day';
}
