import type { Insight, InsightReport } from '@billumy/protocol';

const evidence: Insight['evidence'][number] = {
  id: 'e1',
  sql: 'SELECT loja, sum(receita) AS value FROM vendas GROUP BY loja ORDER BY value DESC',
  origin: 'builtin',
  columns: [
    { name: 'loja', type: 'VARCHAR' },
    { name: 'value', type: 'DECIMAL(38,2)' },
  ],
  rows: [
    ['Loja 07', '900.00'],
    ['Loja 01', '100.00'],
  ],
  row_count: 2,
  truncated: false,
  elapsed_ms: 1,
  result_hash: 'sha256:0f',
};

/** An insight of one query, for a service that is played. */
export function sampleInsight(change: Partial<Insight> = {}): Insight {
  const subject = { table: 'vendas', measure: 'receita', aggregation: 'sum' as const, filters: [] };
  return {
    id: 'i1',
    type: 'concentration',
    subject: { ...subject, breakdown: 'loja', period: null },
    headline: 'Receita: 90% do total em 1 de 2 valores de loja',
    headline_template: '',
    explanation: 'O principal é Loja 07.',
    explanation_template: '',
    narrative: 'template',
    facts: {
      share_pct: { value: '90', type: 'decimal', unit: '%', evidence: 'e1', path: null, derivation: 'covered_pct' },
    },
    labels: {},
    evidence: [evidence],
    score: {
      rank: 1,
      impact: 1,
      significance: 1,
      p: null,
      q: null,
      effect: null,
      test: 'fewest members',
      n: 2,
      confidence: 'high',
    },
    caveats: [],
    action: { text: 'Avalie o risco.', kind: 'investigate', basis: ['i1'], hypothesis: true },
    citations: [],
    chart: null,
    ...change,
  };
}

/** A report of one table, for a service that is played. */
export function sampleReport(change: Partial<InsightReport> = {}): InsightReport {
  const column = { type: 'VARCHAR', unit: null, nulls: 0, distinct: 2, pii: false };
  return {
    id: 'ins_played',
    status: 'complete',
    language: 'pt',
    question: null,
    answer: null,
    dataset: {
      fingerprint: 'sha256:00',
      tables: [
        {
          name: 'vendas',
          dataset_id: 'dat_played',
          rows: 2,
          columns: [{ ...column, name: 'loja', role: 'dimension' }],
        },
      ],
      warnings: [],
    },
    insights: [sampleInsight()],
    rejected: [],
    verification: { numbers: 1, from_slots: 1, free_numbers: 0, sentences_dropped: 0 },
    usage: { rows: 2, sql_ms: 1, llm_ms: 0, tokens_in: 0, tokens_out: 0, model: null },
    engine: { duckdb: 'DuckDB', detectors: '1' },
    error: null,
    created_at: '2026-11-30T12:00:00.000Z',
    expires_at: '2026-12-30T12:00:00.000Z',
    ...change,
  };
}
