import { describe, expect, it } from 'vitest';
import { chartOf } from '../../../../src/core/insights/charts/chart-of.ts';
import type { Finding } from '../../../../src/models/insight.ts';
import type { Cell } from '../../../../src/models/table.ts';
import { openRows } from '../../../support/data-session.ts';
import { again, investigationOf, largeOf, valuesOf } from '../../../support/insights/investigations.ts';

type Row = Record<string, string | number>;

/** Visits, and revenue that goes with them, of so many rows in two months. */
function visited(count: number): Row[] {
  return Array.from({ length: count }, (_, index) => {
    const visits = (index * 7919) % count;
    return { data: `2025-0${1 + (index % 2)}-01`, visitas: visits, receita: 3 * visits + ((index * 31) % 200) + 0.5 };
  });
}

async function foundIn(rows: readonly Row[]): Promise<{ finding: Finding; groups: Record<string, Cell>[] }> {
  await using session = await openRows('vendas', rows);
  const investigation = await investigationOf(session);
  const [finding] = await largeOf(investigation, 'correlation');
  expect(await again(session, finding!)).toEqual({ facts: valuesOf(finding), isSame: true });
  expect(finding!.evidence).toHaveLength(1);
  expect(chartOf(finding!, { language: 'pt', tables: [investigation.table] })).not.toBeNull();
  const { columns, rows: cells } = finding!.evidence[0]!.result;
  const named = cells.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index] ?? null])));
  return { finding: finding!, groups: named.slice(1) };
}

const sizesOf = (groups: readonly Record<string, Cell>[]): number[] => groups.map(({ pairs }) => Number(pairs));

describe('what goes together', () => {
  it('has groups of rows beside its sums, whose means go together too', async () => {
    const { finding, groups } = await foundIn(visited(2_000));
    expect(finding.subject.measure).toBe('visitas');
    expect(valuesOf(finding)['pairs']).toBe('2000');
    expect(groups.length).toBeGreaterThan(10);
    expect(groups.length).toBeLessThanOrEqual(100);
    const bands = groups.map(({ band_x: x, band_y: y }) => Math.abs(Number(x) - Number(y)));
    expect(Math.max(...bands)).toBeLessThanOrEqual(1);
    for (const { mean_x: visits, mean_y: revenue } of groups) {
      expect(Math.abs(Number(revenue) - 3 * Number(visits) - 100)).toBeLessThan(100);
    }
  });

  it('shows no group of fewer than five rows, nor leaves so few out that the difference would show them', async () => {
    const rows = visited(400);
    // One row that goes against all others is alone in its group.
    const odd = rows.map((row) => (row['visitas'] === 0 ? { ...row, receita: 9_000 } : row));
    const { groups } = await foundIn(odd);
    const left = 400 - sizesOf(groups).reduce((sum, size) => sum + size, 0);
    expect(Math.min(...sizesOf(groups))).toBeGreaterThanOrEqual(5);
    expect(left).toBeGreaterThanOrEqual(5);
    expect(groups.length).toBeGreaterThan(1);
  });

  it('has steps from row to row where the rows are one series', async () => {
    const rows = Array.from({ length: 400 }, (_, index) => {
      const wave = (index * 7919) % 101;
      return {
        data: new Date(Date.UTC(2024, 0, 1 + index)).toISOString().slice(0, 10),
        visitas: 1_000 + index + wave,
        receita: 5_000 + 3 * index + 2 * wave + ((index * 31) % 20),
      };
    });
    const { groups } = await foundIn(rows);
    expect(groups.length).toBeGreaterThan(2);
    for (const { step_x: step } of groups) expect(Math.abs(Number(step))).toBeLessThan(120);
    expect(groups.some(({ step_x: step }) => Number(step) < 0)).toBe(true);
  });
});
