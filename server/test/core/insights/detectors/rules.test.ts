import { afterAll, describe, expect, it } from 'vitest';
import { derive } from '../../../../src/core/insights/derivations/derivations.ts';
import { membersOf } from '../../../../src/core/insights/groups/members.ts';
import { investigate } from '../../../../src/core/insights/detectors/detectors.ts';
import { insightTypes, type Finding } from '../../../../src/models/insight.ts';
import { closeDataEngine, openRows } from '../../../support/data-session.ts';
import { again, investigationOf, largeOf, toldOf, valuesOf } from '../../../support/insights/investigations.ts';

afterAll(closeDataEngine);

const hostile = `Sul'; DROP TABLE vendas; -- "`;
const monthsOf = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => new Date(Date.UTC(2023, index, 1)).toISOString().slice(0, 10));

/** Twenty months of three regions with eight rows each, which vary a little; the last month is up to `last`. */
function table(last: (region: number) => number): Record<string, string | number>[] {
  return monthsOf(20).flatMap((data, month) =>
    ['Norte', 'Nordeste', hostile].flatMap((regiao, region) =>
      Array.from({ length: 8 }, (_, row) => {
        const usual = 100 + ((month * 7 + region * 5 + row * 3) % 11);
        return { data, regiao, vendedor: `V${row}`, receita: usual * (month === 19 ? last(region) : 1) + 0.25 };
      }),
    ),
  );
}

const fallOfOne = table((region) => (region === 2 ? 0.2 : 1));

describe('what detectors tell', () => {
  it('quotes names and values, whatever is in them', async () => {
    await using session = await openRows('vendas', fallOfOne);
    const told = await toldOf(await investigationOf(session));
    expect(told[0]).toMatchObject({ type: 'contribution', labels: { member: { text: hostile, column: 'regiao' } } });
    for (const finding of told) expect((await again(session, finding)).isSame).toBe(true);
  });

  it('has parts that are the whole change exactly', async () => {
    await using session = await openRows('vendas', fallOfOne);
    const [found] = await largeOf(await investigationOf(session), 'contribution');
    const result = found!.evidence[0]!.result;
    const parts = result.rows.map((_, row) =>
      Number(derive(result, { derivation: 'difference', arguments: [`/rows/${row}/2`, `/rows/${row}/1`] })),
    );
    expect(parts).toHaveLength(3);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(Number(valuesOf(found)['change']), 9);
  });

  it('never names persons, nor shows whom a column of them holds', async () => {
    await using session = await openRows('vendas', fallOfOne);
    const investigation = await investigationOf(session, { hints: [{ name: 'regiao', pii: true }] });
    const { candidates } = await investigate(investigation);
    const findings = await Promise.all(candidates.filter(({ isLarge }) => isLarge).map(({ finding }) => finding()));
    expect(JSON.stringify(findings)).not.toContain('Nordeste');
    expect(JSON.stringify(candidates.map(({ subject }) => subject))).not.toContain('regiao');
  });

  it('never shows groups of fewer than five rows', async () => {
    const rare = Array.from({ length: 4 }, (_, index) => ({
      ...fallOfOne.at(-1)!,
      regiao: 'Raro',
      receita: 9_000 + index,
    }));
    await using session = await openRows('vendas', [...fallOfOne, ...rare]);
    const { candidates } = await investigate(await investigationOf(session));
    const findings = await Promise.all(candidates.filter(({ isLarge }) => isLarge).map(({ finding }) => finding()));
    expect(findings.length).toBeGreaterThan(0);
    expect(JSON.stringify(findings)).not.toContain('Raro');
  });

  it.each([
    ['a member of one row', { Raro: 1 }, 13],
    ['members of one and three rows', { Raro: 1, Outro: 3 }, 16],
    ['rows without a member, as few', { '': 2 }, 14],
    ['members of few rows that are enough together', { Raro: 3, Outro: 4 }, 7],
  ])('does not give away %s by the difference to the whole', async (_what, few, nameless) => {
    const sizes = { Norte: 40, Sul: 30, Leste: 12, ...few };
    const rows = Object.entries(sizes).flatMap(([area, size]) =>
      Array.from({ length: size }, (_, row) => ({ area: area === '' ? null : area, receita: 100 + row + 0.25 })),
    );
    await using session = await openRows('vendas', rows);
    const members = await membersOf(await investigationOf(session, { hints: [{ name: 'receita', role: 'measure' }] }));
    const { sql, names } = members.find(({ measure }) => measure.column === 'receita')!;
    const { rows: shown } = await session.query(sql);
    expect(shown.map(([name]) => name)).toEqual(names);
    expect(Number(shown.find(([name]) => name === null)?.[2])).toBe(nameless);
  });

  it('says that an average fell though every member rose', async () => {
    const rows = monthsOf(20).flatMap((data, month) =>
      Array.from({ length: 40 }, (_, row) => {
        const isCheap = row < (month === 19 ? 36 : 8);
        const jitter = ((month * 5 + row * 3) % 7) / 10;
        return {
          data,
          canal: isCheap ? 'Site' : 'Loja',
          preco_medio: (isCheap ? 10 : 50) * (month === 19 ? 1.1 : 1) + jitter,
        };
      }),
    );
    await using session = await openRows('precos', rows);
    const [found] = await largeOf(await investigationOf(session), 'rate_mix');
    const { change, rate_effect: rate, mix_effect: mix } = valuesOf(found);
    expect([Number(change), Number(rate), Number(mix)].map(Math.sign)).toEqual([-1, 1, -1]);
    expect(Number(rate) + Number(mix)).toBeCloseTo(Number(change), 9);
    expect(found?.caveats).toContainEqual({ code: 'reversed_in_parts', breakdown: 'canal' });
  });

  it('counts what is wrong with the data', async () => {
    const rows = Array.from({ length: 40 }, (_, index) => ({
      item: `i${index % 20}`,
      pais: 'Brasil',
      nota: index % 20 < 5 ? null : 3,
    }));
    await using session = await openRows('dados', rows);
    const found = await largeOf(await investigationOf(session), 'data_quality');
    const counted = found.map(({ labels, facts }: Finding) => [
      labels['problem']?.kind === 'problem' && labels['problem'].code,
      facts['count']?.value,
      facts['share_pct']?.value,
    ]);
    expect(counted).toContainEqual(['duplicate_rows', '20', '50']);
    expect(counted).toContainEqual(['constant_column', '40', '100']);
    expect(counted).toContainEqual(['null_values', '10', '25']);
  });

  it('is the same every time, also of floating-point numbers', async () => {
    const rows = fallOfOne.map((row, index) => ({ ...row, receita: Number(row['receita']) + 1 / (index + 3) }));
    await using session = await openRows('vendas', rows);
    const hashes = async (): Promise<string[]> =>
      (await toldOf(await investigationOf(session))).flatMap(({ evidence }) => evidence.map(({ hash }) => hash));
    const first = await hashes();
    expect(first.length).toBeGreaterThan(0);
    expect(await hashes()).toEqual(first);
  });

  it.each([
    ['no rows of interest', [{ data: '2025-01-01', receita: 1 }]],
    ['no time', Array.from({ length: 30 }, (_, index) => ({ grupo: `g${index % 3}`, valor: index % 7 }))],
    [
      'no measure',
      Array.from({ length: 30 }, (_, index) => ({ grupo: `g${index % 3}`, dia: `2025-01-${10 + (index % 9)}` })),
    ],
    ['nothing but zeros', monthsOf(20).map((data) => ({ data, receita: 0, regiao: 'Sul' }))],
    ['nulls', monthsOf(20).map((data, index) => ({ data, receita: index % 2 === 0 ? null : index, regiao: null }))],
  ])('is nothing wrong in a table with %s', async (_, rows) => {
    await using session = await openRows('dados', rows);
    const told = await toldOf(await investigationOf(session));
    expect(told.filter(({ score }) => score.p !== null)).toEqual([]);
  });

  it('is only of the kinds that are wanted, and of none once the request is over', async () => {
    await using session = await openRows('vendas', fallOfOne);
    const wanted = await investigate(await investigationOf(session, { types: ['trend'] }));
    expect(new Set(wanted.candidates.map(({ type }) => type))).toEqual(new Set(['trend']));
    expect(wanted.isComplete).toBe(true);
    const over = { ...(await investigationOf(session)), types: new Set(insightTypes), signal: AbortSignal.abort() };
    expect(await investigate(over)).toEqual({ candidates: [], isComplete: false });
  });
});
