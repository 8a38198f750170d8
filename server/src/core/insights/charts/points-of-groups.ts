import type { Finding } from '../../../models/insight.ts';
import type { WordingOptions } from '../narrative/label-text.ts';
import { amountTitle } from './amount-title.ts';
import { amountAxis, markColours, textColour, type Spec } from './chart-parts.ts';
import { amountOf, rowsOf } from './rows-of.ts';

const words = {
  pt: { rows: 'linhas', step: 'mudança de uma linha à seguinte' },
  en: { rows: 'rows', step: 'change from row to row' },
};
/** Square pixels of the largest point. */
const largestPoint = 400;

/**
 * Two measures of groups of rows, each a point as large as the group. Columns `pairs`, and `mean_x` and `mean_y`, or `step_x`
 * and `step_y`; a row without them is none. Single rows are no points: they may be about persons.
 */
export function pointsOfGroups(finding: Finding, options: WordingOptions): Spec | null {
  const rows = rowsOf(finding);
  const of = rows.some(({ step_x: step }) => amountOf(step) !== null) ? 'step' : 'mean';
  const values = rows.flatMap((row) => {
    const [x, y, count] = [amountOf(row[`${of}_x`]), amountOf(row[`${of}_y`]), amountOf(row['pairs'])];
    return x === null || y === null || count === null ? [] : [{ x, y, count }];
  });
  const { other } = finding.labels;
  if (values.length < 2 || other?.kind !== 'column') return null;
  const titleOf = (measure: string | null): string => {
    const title = amountTitle({ ...finding, subject: { ...finding.subject, measure, aggregation: 'avg' } }, options);
    return of === 'step' ? `${title}, ${words[options.language].step}` : title;
  };
  const legend = {
    title: words[options.language].rows,
    orient: 'bottom',
    labelColor: textColour,
    titleColor: textColour,
  };
  return {
    data: { values },
    height: 240,
    mark: { type: 'point', filled: true, opacity: 0.7, color: markColours.told },
    encoding: {
      x: { ...amountAxis(titleOf(finding.subject.measure), 'x'), scale: { zero: false } },
      y: { ...amountAxis(titleOf(other.text), 'y'), scale: { zero: false } },
      size: { field: 'count', type: 'quantitative', scale: { zero: true, range: [0, largestPoint] }, legend },
    },
  };
}
