import type { Finding } from '../../../models/insight.ts';
import { seasonName } from '../narrative/period-text.ts';
import type { WordingOptions } from '../narrative/label-text.ts';
import { seasonOf } from '../series/seasons.ts';
import { amountTitle } from './amount-title.ts';
import { amountAxis, markColours, nameAxis, textColour, type Spec } from './chart-parts.ts';
import { amountOf, rowsOf } from './rows-of.ts';

const mostPoints = 480;

/** How the values of each weekday or month spread. Columns `period` and `value`. */
export function boxesBySeason(finding: Finding, options: WordingOptions): Spec | null {
  const label = finding.labels['peak_season'];
  if (label?.kind !== 'season') return null;
  const values = rowsOf(finding)
    .slice(-mostPoints)
    .flatMap(({ period, value }) => {
      const amount = amountOf(value);
      return typeof period === 'string' && amount !== null ? [{ number: seasonOf(period, label.of), amount }] : [];
    })
    .toSorted((first, second) => first.number - second.number)
    .map(({ number, amount }) => ({ name: seasonName(label.of, { number, language: options.language }).text, amount }));
  if (values.length < 2) return null;
  return {
    data: { values },
    height: { step: 24 },
    mark: { type: 'boxplot', extent: 'min-max', color: markColours.compared, median: { color: textColour } },
    encoding: { y: nameAxis(null), x: amountAxis(amountTitle(finding, options)) },
  };
}
