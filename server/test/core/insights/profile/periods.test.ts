import { describe, expect, it } from 'vitest';
import {
  addPeriods,
  daysBetween,
  lastDayOf,
  parsePeriod,
  periodsBetween,
  startOf,
  yearBefore,
} from '../../../../src/core/insights/profile/periods.ts';

describe('periods', () => {
  it('begin on the first of a month, quarter or year, and weeks on a Monday', () => {
    const starts = (['day', 'week', 'month', 'quarter', 'year'] as const).map((grain) => startOf('2025-06-18', grain));
    expect(starts).toEqual(['2025-06-18', '2025-06-16', '2025-06-01', '2025-04-01', '2025-01-01']);
    expect(startOf('2025-06-22', 'week')).toBe('2025-06-16');
  });

  it('follow each other over the ends of years and of February', () => {
    expect(addPeriods('2024-12-01', 'month', 1)).toBe('2025-01-01');
    expect(addPeriods('2024-10-01', 'quarter', 1)).toBe('2025-01-01');
    expect(addPeriods('2024-12-30', 'week', 1)).toBe('2025-01-06');
    expect(lastDayOf('2024-02-01', 'month')).toBe('2024-02-29');
    expect(daysBetween('2024-02-01', '2024-02-29')).toBe(29);
  });

  it('have one a year before: of a week 52 weeks, of 29 February the 28th', () => {
    expect(yearBefore('2025-06-01', 'month')).toBe('2024-06-01');
    expect(yearBefore('2025-04-01', 'quarter')).toBe('2024-04-01');
    expect(yearBefore('2025-06-16', 'week')).toBe('2024-06-17');
    expect(yearBefore('2024-02-29', 'day')).toBe('2023-02-28');
  });

  it('are read from the forms of a request', () => {
    expect(['2025', '2025-Q2', '2025-t3', '2025-06', '2025-W01', '2025-06-15'].map(parsePeriod)).toEqual([
      { start: '2025-01-01', grain: 'year' },
      { start: '2025-04-01', grain: 'quarter' },
      { start: '2025-07-01', grain: 'quarter' },
      { start: '2025-06-01', grain: 'month' },
      { start: '2024-12-30', grain: 'week' },
      { start: '2025-06-15', grain: 'day' },
    ]);
  });

  it.each(['', '2025-13', '2025-Q5', '25-06', 'junho', "2025'; DROP TABLE x"])('are not read from "%s"', (text) => {
    expect(parsePeriod(text)).toBeNull();
  });

  it('between two are the last ones when there are too many', () => {
    expect(periodsBetween('2025-01-01', '2025-04-01', { grain: 'month', most: 3 })).toEqual([
      '2025-02-01',
      '2025-03-01',
      '2025-04-01',
    ]);
  });
});
