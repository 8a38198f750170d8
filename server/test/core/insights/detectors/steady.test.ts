import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../src/models/insight.ts';
import { openRows } from '../../../support/data-session.ts';
import { again, investigationOf, largeOf, toldOf, valuesOf } from '../../../support/insights/investigations.ts';

type Row = Record<string, string | number>;

/** By how much the whole goes up and down, month by month. */
const waves = [1, 1.3, 0.8, 1.15, 0.7, 1.05, 1.4, 0.9, 0.75, 1.2, 0.95, 1.1];
const regions = ['Norte', 'Sudeste', 'Sul'];
const usual: readonly number[] = [100, 200, 100];

/** Six rows of each region in each month, whose amounts are up to whoever asks. */
function sales(amount: (place: { month: number; region: number }) => number, months = 24): Row[] {
  return Array.from({ length: months }, (_, month) =>
    regions.flatMap((regiao, region) =>
      Array.from({ length: 6 }, (_row, row) => ({
        data: new Date(Date.UTC(2023, month, 1)).toISOString().slice(0, 10),
        regiao,
        receita: amount({ month, region }) + row / 100,
      })),
    ),
  ).flat();
}

const wave = (month: number): number => waves[(month * 5) % waves.length] ?? 1;
const together = sales(({ month, region }) => (usual[region] ?? 0) * wave(month));

async function sharesIn(rows: readonly Row[]): Promise<Finding[]> {
  await using session = await openRows('vendas', rows);
  return await largeOf(await investigationOf(session), 'steady_share');
}

describe('steady shares', () => {
  it('are those of members that move as the whole does', async () => {
    await using session = await openRows('vendas', together);
    const told = await toldOf(await investigationOf(session));
    const shares = told.filter(({ type }) => type === 'steady_share');
    expect(shares).toHaveLength(1);
    const [found] = shares;
    expect(found).toMatchObject({
      subject: { measure: 'receita', filters: [], breakdown: 'regiao' },
      labels: { member: { kind: 'value', text: 'Sudeste', column: 'regiao' } },
      score: { p: null, q: null, n: 24 },
    });
    const { share_pct: share, variation_pct: ofShare, whole_variation_pct: ofWhole, periods } = valuesOf(found);
    expect(Number(share)).toBeCloseTo(50, 1);
    expect(Number(ofShare)).toBeLessThan(0.1);
    expect(Number(ofWhole)).toBeGreaterThan(20);
    expect(periods).toBe('24');
    expect(await again(session, found!)).toEqual({ facts: valuesOf(found), isSame: true });
  });

  it('come after everything that happened', async () => {
    const fallen = sales(({ month, region }) => (usual[region] ?? 0) * (1 + month / 10) * (1 + ((month * 7) % 3) / 50));
    await using session = await openRows('vendas', fallen);
    const types = (await toldOf(await investigationOf(session))).map(({ type }) => type);
    expect(types[0]).toBe('trend');
    expect(types.at(-1)).toBe('steady_share');
  });

  it.each([
    [
      'the whole hardly moves either',
      sales(({ month, region }) => (usual[region] ?? 0) * (1 + ((month * 7) % 5) / 100)),
    ],
    [
      'it drifts, if only a little from month to month',
      sales(({ month, region }) => (usual[region] ?? 0) * wave(month) * (region === 1 ? 1 + month / 150 : 1)),
    ],
    [
      'nearly all is always of the same member, and the rest is not steady',
      sales(({ month, region }) => (region === 1 ? 10_000 : 50 + ((month * 31 + region * 17) % 50)) * wave(month)),
    ],
    ['there are fewer than eight periods', sales(({ month, region }) => (usual[region] ?? 0) * wave(month), 7)],
    ['parts are less than nothing', sales(({ month, region }) => (region === 0 ? -1 : 1) * 100 * wave(month))],
  ])('are not told where %s', async (_, rows) => {
    expect(await sharesIn(rows)).toEqual([]);
  });

  it('are not told of an average, of which nobody has a share', async () => {
    expect(await sharesIn(together.map(({ receita, ...row }) => ({ ...row, preco_medio: receita ?? 0 })))).toEqual([]);
  });
});

describe('steady measures', () => {
  it('have no trend, however little they scatter', async () => {
    await using session = await openRows(
      'vendas',
      sales(({ month }) => 100 * (1 + month / 200)),
    );
    const found = await largeOf(await investigationOf(session), 'steady');
    expect(found).toEqual([]);
  });
});
