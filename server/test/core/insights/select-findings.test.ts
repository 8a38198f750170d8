import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../../src/core/insights/findings/investigation.ts';
import { selectFindings } from '../../../src/core/insights/findings/select-findings.ts';
import type { Finding } from '../../../src/models/insight.ts';

const focus = { measures: ['receita'], members: [{ column: 'regiao', value: 'Sul' }], period: null };

describe('what is told of everything that was looked at', () => {
  it('is corrected over all tests, also over those whose effects are small', async () => {
    const tests = Array.from({ length: 99 }, () => candidate({ p: 0.5, isLarge: false }));
    const { findings, rejected } = await selectFindings([candidate({ p: 0.01 }), ...tests], {
      q: 0.05,
      maxInsights: 8,
    });
    expect(findings).toEqual([]);
    expect(rejected).toEqual([{ reason: 'not_significant', count: 1 }]);
  });

  it('has the adjusted p-value, and how sure it is', async () => {
    const told = await selectFindings([candidate({ p: 0.001 }), candidate({ p: 0.5 })], { q: 0.05, maxInsights: 8 });
    expect(told.findings.map(({ score }) => score)).toMatchObject([{ p: 0.001, q: 0.002, confidence: 'high' }]);
  });

  it('needs no test where nothing is tested', async () => {
    const { findings } = await selectFindings([candidate({ p: null })], { q: 0.05, maxInsights: 8 });
    expect(findings[0]?.score.q).toBeNull();
  });

  it('comes in the order of share, strength and sureness, and no more of it than is wanted', async () => {
    const candidates = [
      candidate({ name: 'small', impact: 0.01 }),
      candidate({ name: 'weak', strength: 0.2 }),
      candidate({ name: 'best' }),
    ];
    expect(await namesOf(candidates, { maxInsights: 2 })).toEqual(['best', 'weak']);
  });

  it('is told once', async () => {
    const candidates = [
      candidate({ name: 'whole', topics: ['fall'], strength: 0.5 }),
      candidate({ name: 'part', topics: ['fall'], strength: 0.9 }),
      candidate({ name: 'more', topics: ['fall', 'other'], strength: 0.3 }),
    ];
    expect(await namesOf(candidates)).toEqual(['part', 'more']);
    const { rejected } = await selectFindings(candidates, { q: 0.05, maxInsights: 8 });
    expect(rejected).toEqual([{ reason: 'redundant', count: 1 }]);
  });

  it('is told of each table that it happened in', async () => {
    const sales = candidate({ name: 'sales', topics: ['fall'] });
    const stock = candidate({ name: 'stock', topics: ['fall'], strength: 0.5 });
    const candidates = [sales, { ...stock, subject: { ...stock.subject, table: 'estoque' } }];
    expect((await selectFindings(candidates, { q: 0.05, maxInsights: 8 })).findings).toHaveLength(2);
  });

  it('is first what a question is about', async () => {
    const candidates = [
      candidate({ name: 'other', measure: 'custo' }),
      candidate({ name: 'measure', strength: 0.5 }),
      candidate({ name: 'both', strength: 0.2, filters: [{ column: 'regiao', value: 'Sul' }] }),
    ];
    expect(await namesOf(candidates, { focus })).toEqual(['both', 'measure', 'other']);
    expect(await namesOf(candidates)).toEqual(['other', 'measure', 'both']);
  });

  it('is not sure of few values, heavy tails and guesses', async () => {
    const caveats = [{ code: 'few_values', n: 9 } as const];
    const { findings } = await selectFindings([candidate({ caveats })], { q: 0.05, maxInsights: 8 });
    expect(findings[0]?.score.confidence).toBe('low');
  });
});

interface Parts extends Partial<Pick<Candidate, 'p' | 'isLarge' | 'impact' | 'strength' | 'topics'>> {
  name?: string;
  measure?: string;
  filters?: Finding['subject']['filters'];
  caveats?: Finding['caveats'];
}

let count = 0;

function candidate({
  name = `c${count++}`,
  measure = 'receita',
  filters = [],
  caveats = [],
  ...parts
}: Parts): Candidate {
  const subject = { table: 'vendas', measure, aggregation: 'sum' as const, filters, breakdown: name, period: null };
  const { p = 0.0001, impact = 1 } = parts;
  const score = { impact, significance: 1, p, q: null, effect: 1, test: 'none', n: 100, confidence: 'low' as const };
  return {
    type: 'trend',
    subject,
    p,
    isLarge: true,
    impact,
    strength: 1,
    topics: [name],
    ...parts,
    finding: async () => ({ type: 'trend', subject, facts: {}, labels: {}, evidence: [], score, caveats }),
  };
}

async function namesOf(candidates: readonly Candidate[], options = {}): Promise<(string | null)[]> {
  const { findings } = await selectFindings(candidates, { q: 0.05, maxInsights: 8, ...options });
  return findings.map(({ subject }) => subject.breakdown);
}
