import { add, compare, magnitude, subtract, type Decimal } from '../evidence/decimal.ts';
import type { Derivation } from './derivation.ts';
import { cellAt, columnCells, columnDecimals, columnNumbers, decimalAt } from '../evidence/result-cells.ts';
import { fitSeries } from '../statistics/fit-series.ts';
import { variationPct } from '../statistics/moments.ts';
import { theilSen } from '../statistics/theil-sen.ts';
import { kept, percentOf, quotient, whole } from './digits.ts';
import { seasonOf } from '../series/seasons.ts';

/** Of a column that is a series, oldest value first. */
export const seriesDerivations = {
  /** [column]: change over the whole series along its Theil-Sen line, in percent of where the line begins. */
  theil_sen_change_pct: (result, [column = '']) => {
    const values = columnNumbers(result, column);
    const { slope, intercept } = theilSen(values);
    return intercept === 0 ? undefined : kept((100 * slope * (values.length - 1)) / Math.abs(intercept));
  },
  /** [column]: the median. */
  median: (result, [column = '']) => medianOf(columnDecimals(result, column)),
  /** [pointer, column]: how far a cell is from the median of the column, in percent of that. */
  percent_from_median: (result, [pointer = '', column = '']) => {
    const [value, typical] = [decimalAt(cellAt(result, pointer)), medianOf(columnDecimals(result, column))];
    return value === undefined || typical === undefined
      ? undefined
      : percentOf(subtract(value, typical), magnitude(typical));
  },
  /** [column, row]: the median of the rows before that row. */
  median_before: (result, [column = '', row = '']) => medianOf(columnDecimals(result, column).slice(0, Number(row))),
  /** [column, row]: the median from that row on. */
  median_since: (result, [column = '', row = '']) => medianOf(columnDecimals(result, column).slice(Number(row))),
  /** [column, row]: from the median before that row to the median since, in percent. */
  median_change_pct: (result, [column = '', row = '']) => {
    const values = columnDecimals(result, column);
    const [before, since] = [medianOf(values.slice(0, Number(row))), medianOf(values.slice(Number(row)))];
    return before === undefined || since === undefined
      ? undefined
      : percentOf(subtract(since, before), magnitude(before));
  },
  /** [column, row, season]: what trend and season of that many steps let expect in that row. */
  expected_at: (result, [column = '', row = '', season = '']) => {
    const fitted = fitSeries(columnNumbers(result, column), Number(season)).fitted[Number(row)];
    return fitted === undefined ? undefined : kept(fitted);
  },
  /** [column, row, season]: how far the value of that row is from what is expected there, in percent of it. */
  unexpected_pct: (result, [column = '', row = '', season = '']) => {
    const values = columnNumbers(result, column);
    const fitted = fitSeries(values, Number(season)).fitted[Number(row)];
    const value = values[Number(row)];
    return fitted === undefined || value === undefined ? undefined : kept((100 * (value - fitted)) / Math.abs(fitted));
  },
  /** [column]: standard deviation in percent of the mean. */
  variation_pct: (result, [column = '']) => kept(variationPct(columnNumbers(result, column))),
  /** [column, column of days, `weekday` or `month`, number]: the median of one season. */
  season_median: (result, [column = '', days = '', of = '', number = '']) => {
    const values = columnDecimals(result, column);
    const season = columnCells(result, days).map((day) => seasonOf(String(day), of));
    return medianOf(values.filter((_, index) => String(season[index]) === number));
  },
} as const satisfies Record<string, Derivation>;

function medianOf(values: readonly Decimal[]): Decimal | undefined {
  const ascending = values.toSorted(compare);
  const [lower, upper] = [ascending[Math.ceil(values.length / 2) - 1], ascending[Math.floor(values.length / 2)]];
  return lower === undefined || upper === undefined ? undefined : quotient(add(lower, upper), whole(2));
}
