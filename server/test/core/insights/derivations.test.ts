import { describe, expect, it } from 'vitest';
import { derive } from '../../../src/core/insights/derivations/derivations.ts';
import { hashOf, readFact } from '../../../src/core/insights/evidence/evidence.ts';
import type { Cell, QueryResult } from '../../../src/models/table.ts';

const members = resultOf(
  ['member', 'previous', 'current'],
  [
    ['Café', '500.00', '200.00'],
    ['Chá', '100.00', '110.00'],
    ['Mel', '90.00', '70.00'],
    [null, '10.00', '0.00'],
  ],
);
const mixed = resultOf(
  ['member', 'previous_sum', 'previous_count', 'current_sum', 'current_count'],
  [
    // Both went up, from 10 to 11 and from 20 to 22; the cheap one sells more.
    ['a', '1000', '100', '3300', '300'],
    ['b', '6000', '300', '2200', '100'],
  ],
);
const series = resultOf(
  ['period', 'value'],
  [
    ['2025-01-01', '10.00'],
    ['2025-02-01', '12.00'],
    ['2025-03-01', '14.00'],
    ['2025-04-01', '16.01'],
  ],
);

describe('derivations', () => {
  it('give parts that are the whole change, exactly', () => {
    const parts = [0, 1, 2, 3].map((row) => valueOf(members, 'difference', [`/rows/${row}/2`, `/rows/${row}/1`]));
    expect(parts).toEqual(['-300', '10', '-20', '-10']);
    expect(valueOf(members, 'total_change', [])).toBe('-320');
    expect(valueOf(members, 'share_of_change_pct', ['0'])).toBe('93.75');
    expect(valueOf(members, 'members_of_change', ['80'])).toBe('1');
    expect(valueOf(members, 'total_change_pct', [])).toBe('-45.714286');
  });

  it('split an average into rates and mix that are the whole change', () => {
    // The average fell from 17.5 to 13.75, though both members rose: Simpson.
    const [change, rate, mix] = ['average_change', 'rate_effect', 'mix_effect'].map((name) => valueOf(mixed, name, []));
    expect([change, rate, mix]).toEqual(['-3.75', '1.5', '-5.25']);
  });

  it('of a series are medians, its line and its exceptions', () => {
    expect(valueOf(series, 'median', ['value'])).toBe('13');
    expect(valueOf(series, 'median_before', ['value', '2'])).toBe('11');
    expect(valueOf(series, 'median_since', ['value', '2'])).toBe('15.005');
    expect(valueOf(series, 'median_change_pct', ['value', '2'])).toBe('36.409091');
    expect(Number(valueOf(series, 'theil_sen_change_pct', ['value']))).toBeCloseTo(60, 0);
    expect(valueOf(series, 'season_median', ['value', 'period', 'month', '2'])).toBe('12');
  });

  it('of shares count the fewest members and their concentration', () => {
    const shares = resultOf(
      ['member', 'value'],
      [
        ['a', '60'],
        ['b', '25'],
        ['c', '10'],
        ['d', '5'],
      ],
    );
    expect(valueOf(shares, 'members_covering', ['value', '80'])).toBe('2');
    expect(valueOf(shares, 'covered_pct', ['value', '80'])).toBe('85');
    expect(valueOf(shares, 'hhi', ['value'])).toBe('0.435');
    expect(valueOf(shares, 'percent_of_column', ['/rows/0/1', 'value'])).toBe('60');
  });

  it('give nothing where there is nothing: unknown names, missing columns and cells, a whole of zero', () => {
    expect(valueOf(series, 'constructor', [])).toBeUndefined();
    expect(valueOf(series, 'median', ['nothing'])).toBeUndefined();
    expect(valueOf(series, 'difference', ['/rows/9/1', '/rows/0/1'])).toBeUndefined();
    expect(valueOf(series, 'difference', ['/rows/0/0', '/rows/0/1'])).toBeUndefined();
    const zero = resultOf(['a', 'b'], [['1', '0']]);
    expect(valueOf(zero, 'percent_of', ['/rows/0/0', '/rows/0/1'])).toBeUndefined();
  });
});

describe('facts of evidence', () => {
  it('are cells, without a digit lost', () => {
    const large = resultOf(['sum'], [['12345678901234567890.10']]);
    expect(readFact({ result: large }, { from: { pointer: '/rows/0/0' } })).toBe('12345678901234567890.1');
    expect(readFact({ result: large }, { from: { pointer: '/rows/0/1' } })).toBeUndefined();
    expect(readFact({ result: large }, { from: { pointer: '/columns/0' } })).toBeUndefined();
  });

  it('have a hash that only columns and rows decide', () => {
    expect(hashOf(series)).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(hashOf({ ...series, elapsedMs: 99 })).toBe(hashOf(series));
    expect(hashOf({ ...series, rows: series.rows.toReversed() })).not.toBe(hashOf(series));
  });
});

function valueOf(result: QueryResult, derivation: string, parameters: readonly string[]): string | undefined {
  return derive(result, { derivation, arguments: parameters });
}

function resultOf(names: readonly string[], rows: readonly (readonly Cell[])[]): QueryResult {
  return { columns: names.map((name) => ({ name, type: 'VARCHAR' })), rows, truncated: false, elapsedMs: 1 };
}
