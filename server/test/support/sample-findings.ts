import type { ColumnProfile, Evidence, Finding, InsightType, TableProfile } from '../../src/models/insight.ts';
import type { Cell } from '../../src/models/table.ts';
import { createRandom, type Random } from './insights/seeded-choices.ts';
import {
  amount,
  apart,
  count,
  effects,
  member,
  money,
  month,
  moved,
  number,
  percent,
  shared,
  signed,
} from './insights/sample-facts.ts';

/** The table that sample findings are about: more `receita` is better, less `custo`, and `cliente` is about persons. */
export const sampleTable: TableProfile = {
  name: 'vendas',
  rows: 1200,
  columns: [
    column('data', { type: 'DATE', role: 'time' }),
    column('receita', { role: 'measure', aggregation: 'sum', unit: 'BRL', favorable: 'up' }),
    column('custo', { role: 'measure', aggregation: 'sum', unit: 'BRL', favorable: 'down' }),
    column('desconto', { role: 'measure', aggregation: 'avg', unit: '%' }),
    column('regiao', { type: 'VARCHAR', role: 'dimension' }),
    column('canal_venda', { type: 'VARCHAR', role: 'dimension' }),
    column('cliente', { type: 'VARCHAR', role: 'dimension', pii: true }),
  ],
  time: {
    column: 'data',
    grain: 'month',
    periods: ['2025-05-01', '2025-06-01'],
    current: '2025-06-01',
    previous: '2025-05-01',
    partial: null,
  },
};

const regions = ['Sul', 'Norte', 'Rio de Janeiro', 'Maranhão', 'Sudeste'] as const;
const months = Array.from(
  { length: 36 },
  (_, index) => `${2023 + Math.floor(index / 12)}-${`${(index % 12) + 1}`.padStart(2, '0')}-01`,
);

type Shape = Pick<Finding, 'facts' | 'labels'> & {
  columns: readonly [string, string][];
  rows: readonly (readonly Cell[])[];
  measure?: string | null;
  breakdown?: string;
};

/** A finding of that kind with facts, labels and evidence; the same for the same seed. */
export function sampleFinding(type: InsightType, { seed = 1 }: { seed?: number } = {}): Finding {
  const random = createRandom(seed);
  const { facts, labels, columns, rows, ...about } = shapes[type](random);
  const measure = about.measure === undefined ? random.pick(['receita', 'custo'] as const) : about.measure;
  return {
    type,
    subject: {
      table: 'vendas',
      measure,
      aggregation: measure === null ? null : 'sum',
      filters: random.uniform() < 0.5 ? [{ column: 'canal_venda', value: 'Internet' }] : [],
      breakdown: about.breakdown ?? null,
      period: { grain: 'month', current: '2025-06-01', previous: '2025-05-01' },
    },
    facts,
    labels,
    evidence: [evidence(columns, rows)],
    score: {
      impact: 0.4,
      significance: 0.99,
      p: 0.01,
      q: 0.03,
      effect: 0.5,
      test: 'sample',
      n: 24,
      confidence: 'high',
    },
    caveats: [],
  };
}

const shapes: Readonly<Record<InsightType, (random: Random) => Shape>> = {
  trend: (random) => ({
    ...series(random),
    facts: {
      ...moved(random, { from: 'first', to: 'last' }),
      periods: count(36),
    },
    labels: { first_period: month('2023-01-01'), last_period: month('2025-12-01') },
  }),
  level_shift: (random) => ({
    ...series(random),
    facts: moved(random, { from: 'before', to: 'after' }),
    labels: { since: month(random.pick(months)) },
  }),
  time_outlier: (random) => ({
    ...series(random),
    facts: moved(random, { from: 'expected', to: 'value', percent: 'difference_pct' }),
    labels: { when: month(random.pick(months)) },
  }),
  record_outlier: (random) => ({
    columns: [
      ['size', 'BIGINT'],
      ['outliers', 'BIGINT'],
      ['extreme', 'DECIMAL(18,2)'],
      ['fence', 'DECIMAL(38,6)'],
    ],
    rows: [['1200', '4', '98000.00', '9100.000000']],
    facts: {
      outliers: count(1 + random.below(30)),
      extreme: money(amount(random) * 10),
      fence: money(amount(random)),
      share_pct: percent(random.uniform() * 5),
    },
    labels: {},
  }),
  category_outlier: (random) => ({
    ...byRegion(random),
    facts: moved(random, { from: 'typical', to: 'value', percent: 'difference_pct' }),
    labels: { member: member(random.pick(regions)) },
  }),
  change: (random) => ({
    ...series(random),
    facts: moved(random, { from: 'previous', to: 'current', difference: 'change' }),
    labels: { current_period: month('2025-06-01'), previous_period: month('2025-05-01') },
  }),
  contribution: (random) => ({
    ...beforeAndAfter(random),
    facts: {
      ...shared(random),
      members: count(2 + random.below(4)),
    },
    labels: {
      member: member(random.pick(regions)),
      current_period: month('2025-06-01'),
      previous_period: month('2025-05-01'),
    },
  }),
  rate_mix: (random) => ({
    ...byRegion(random),
    measure: 'desconto',
    facts: effects(random),
    labels: { current_period: month('2025-06-01'), previous_period: month('2025-05-01') },
  }),
  concentration: (random) => ({
    ...byRegion(random),
    facts: {
      top_members: count(2 + random.below(3)),
      members: count(20 + random.below(2000)),
      share_pct: percent(80 + random.uniform() * 10),
      hhi: number(random.uniform(), null),
    },
    labels: { member: member(random.pick(regions)) },
  }),
  correlation: (random) => ({
    columns: [
      ['pairs', 'BIGINT'],
      ['xy', 'HUGEINT'],
      ['mean_x', 'DECIMAL(38,6)'],
      ['mean_y', 'DECIMAL(38,6)'],
    ],
    rows: [
      ['1200', '123456789', null, null],
      ...Array.from({ length: 9 }, () => [
        `${5 + random.below(90)}`,
        null,
        money(amount(random)).value,
        money(amount(random)).value,
      ]),
    ],
    facts: { rho: number(signed(random, 1), null), pairs: count(100 + random.below(9000)) },
    labels: { other: { kind: 'column', text: 'desconto' } },
  }),
  group_difference: (random) => ({
    ...byRegion(random),
    facts: apart(random),
    labels: { highest_member: member('Sul'), lowest_member: member('Norte') },
  }),
  seasonality: (random) => ({
    ...series(random),
    facts: { peak: money(amount(random)), trough: money(amount(random)), typical: money(amount(random)) },
    labels: {
      peak_season: { kind: 'season', of: 'month', number: 12 },
      trough_season: { kind: 'season', of: 'month', number: 2 },
    },
  }),
  steady: (random) => ({
    ...series(random),
    facts: { variation_pct: percent(random.uniform() * 5), typical: money(amount(random)), periods: count(36) },
    labels: {},
  }),
  steady_share: (random) => ({
    ...series(random),
    facts: {
      share_pct: percent(20 + random.uniform() * 60),
      variation_pct: percent(random.uniform() * 5),
      whole_variation_pct: percent(10 + random.uniform() * 50),
      periods: count(36),
    },
    labels: { member: member(random.pick(regions)) },
    breakdown: 'regiao',
  }),
  majority: (random) => ({
    ...byRegion(random),
    facts: { share_pct: percent(60 + random.uniform() * 20), second_share_pct: percent(random.uniform() * 20) },
    labels: { member: member('Sudeste'), second_member: member('Sul') },
  }),
  data_quality: (random) => ({
    columns: [
      ['count', 'BIGINT'],
      ['total', 'BIGINT'],
    ],
    rows: [['38', '1200']],
    measure: null,
    facts: { count: count(1 + random.below(5000)), share_pct: percent(random.uniform() * 30) },
    labels: { problem: { kind: 'problem', code: 'null_values' }, column: { kind: 'column', text: 'desconto' } },
  }),
};

function series(random: Random): Pick<Shape, 'columns' | 'rows'> {
  return {
    columns: [
      ['period', 'DATE'],
      ['value', 'DECIMAL(18,2)'],
    ],
    rows: months.map((start) => [start, money(amount(random)).value]),
  };
}

function byRegion(random: Random): Pick<Shape, 'columns' | 'rows' | 'breakdown'> {
  return {
    columns: [
      ['member', 'VARCHAR'],
      ['value', 'DECIMAL(18,2)'],
      ['size', 'BIGINT'],
    ],
    rows: [
      ...regions.map((region) => [region, money(amount(random)).value, `${5 + random.below(500)}`]),
      // Members with too few rows to be shown.
      [null, money(amount(random)).value, '4'],
    ],
    breakdown: 'regiao',
  };
}

function beforeAndAfter(random: Random): Pick<Shape, 'columns' | 'rows' | 'breakdown'> {
  return {
    columns: [
      ['member', 'VARCHAR'],
      ['previous', 'DECIMAL(18,2)'],
      ['current', 'DECIMAL(18,2)'],
    ],
    rows: [...regions, null].map((region) => [region, money(amount(random)).value, money(amount(random)).value]),
    breakdown: 'regiao',
  };
}

function evidence(columns: readonly [string, string][], rows: readonly (readonly Cell[])[]): Evidence {
  return {
    id: 'e1',
    sql: 'SELECT 1',
    origin: 'builtin',
    result: { columns: columns.map(([name, type]) => ({ name, type })), rows, truncated: false, elapsedMs: 1 },
    hash: `sha256:${'0'.repeat(64)}`,
  };
}

function column(name: string, change: Partial<ColumnProfile>): ColumnProfile {
  return {
    name,
    type: 'DECIMAL(18,2)',
    role: 'ignore',
    aggregation: null,
    unit: null,
    favorable: null,
    description: null,
    nulls: 0,
    distinct: 40,
    pii: false,
    ...change,
  };
}
