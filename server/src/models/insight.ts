import type { Citation } from './answer.ts';
import type { Language } from './language.ts';
import type { TokenUsage } from './language-model.ts';
import type { Aggregation, Cell, ColumnRole, DataWarning, QueryResult } from './table.ts';
import type { Failure } from '../errors/failure.ts';

/** What a column is, with numbers that a query counted exactly. */
export interface ColumnProfile {
  name: string;
  /** As DuckDB names it. */
  type: string;
  role: ColumnRole;
  /** How a measure is put together; null for what is no measure. */
  aggregation: Aggregation | null;
  unit: string | null;
  favorable: 'up' | 'down' | null;
  description: string | null;
  nulls: number;
  distinct: number;
  /** Its values are never shown. */
  pii: boolean;
}

export interface TableProfile {
  name: string;
  rows: number;
  columns: readonly ColumnProfile[];
  /** The axis that change is measured along; null: the table has none. */
  time: TimeAxis | null;
}

export type Grain = 'day' | 'week' | 'month' | 'quarter' | 'year';

/** Periods of a table by its column of time: those that are complete, and which two are compared. */
export interface TimeAxis {
  column: string;
  grain: Grain;
  /** First days of the complete periods, oldest first, as `YYYY-MM-DD`; periods without rows are among them. */
  periods: readonly string[];
  current: string | null;
  previous: string | null;
  /** Days in the last period that has rows, and how many of them there are rows for, when it is not complete. */
  partial: { period: string; days: number; of: number } | null;
}

export const insightTypes = [
  'trend',
  'level_shift',
  'time_outlier',
  'record_outlier',
  'category_outlier',
  'change',
  'contribution',
  'rate_mix',
  'concentration',
  'correlation',
  'group_difference',
  'seasonality',
  'steady',
  'steady_share',
  'majority',
  'data_quality',
] as const;
export type InsightType = (typeof insightTypes)[number];

/** The facts and labels that each kind of insight has; its sentences, and its chart, are made of them. */
export const insightShapes = {
  // Change over all periods in percent (Theil-Sen), first and last value, number of periods.
  trend: { facts: ['change_pct', 'first', 'last', 'periods'], labels: ['first_period', 'last_period'] },
  // Medians before and after the shift.
  level_shift: { facts: ['change_pct', 'before', 'after'], labels: ['since'] },
  time_outlier: { facts: ['value', 'expected', 'difference_pct'], labels: ['when'] },
  // Rows beyond the fences, the most extreme value, the fence that it is beyond, and the share of all rows.
  record_outlier: { facts: ['outliers', 'extreme', 'fence', 'share_pct'], labels: [] },
  // The group, and the median of all groups.
  category_outlier: { facts: ['value', 'typical', 'difference_pct'], labels: ['member'] },
  change: { facts: ['change_pct', 'current', 'previous', 'change'], labels: ['current_period', 'previous_period'] },
  // The whole change, what the member alone changed, and its share; how many members make 80 % of the change.
  contribution: {
    facts: ['change', 'change_pct', 'part', 'share_pct', 'members'],
    labels: ['member', 'current_period', 'previous_period'],
  },
  // A ratio changed because of its rates, or because of the mix of its members.
  rate_mix: {
    facts: ['change', 'rate_effect', 'mix_effect', 'current', 'previous'],
    labels: ['current_period', 'previous_period'],
  },
  // So many of so many members make so much; HHI from 0 to 1.
  concentration: { facts: ['top_members', 'members', 'share_pct', 'hhi'], labels: ['member'] },
  // Spearman's rho; the other measure is `other`.
  correlation: { facts: ['rho', 'pairs'], labels: ['other'] },
  group_difference: { facts: ['highest', 'lowest', 'difference_pct'], labels: ['highest_member', 'lowest_member'] },
  seasonality: { facts: ['peak', 'trough', 'typical'], labels: ['peak_season', 'trough_season'] },
  steady: { facts: ['variation_pct', 'typical', 'periods'], labels: [] },
  // The median of the member's share over all periods, how much it varies, and how much the whole does.
  steady_share: { facts: ['share_pct', 'variation_pct', 'whole_variation_pct', 'periods'], labels: ['member'] },
  majority: { facts: ['share_pct', 'second_share_pct'], labels: ['member', 'second_member'] },
  // `problem` is the code of a DataWarning.
  data_quality: { facts: ['count', 'share_pct'], labels: ['problem', 'column'] },
} as const satisfies Record<InsightType, { facts: readonly string[]; labels: readonly string[] }>;

/** A number, and how anyone gets it again. */
export interface Fact {
  /** In decimals: `-38.214`. */
  value: string;
  /** `%`, a currency such as `BRL`, another unit, `count`, or null for a bare number. */
  unit: string | null;
  /** The id of the evidence it is of. */
  evidence: string;
  /** A cell, as a JSON Pointer into the evidence (`/rows/0/2`), or a function of the result by its name. */
  from: { pointer: string } | { derivation: string; arguments: readonly string[] };
}

/** A name that may stand in a sentence. What comes of cells is text of strangers: it is cleaned where it is shown. */
export type Label =
  | { kind: 'column'; text: string }
  | { kind: 'value'; text: string; column: string }
  | { kind: 'period'; start: string; grain: Grain }
  | { kind: 'season'; of: 'weekday' | 'month'; number: number }
  | { kind: 'problem'; code: DataWarning['code'] };

/** A query and what it gave. */
export interface Evidence {
  id: string;
  sql: string;
  origin: 'builtin' | 'llm';
  result: QueryResult;
  /** `sha256:<hex>` of columns and rows in a canonical form. */
  hash: string;
}

/** What an insight is about. */
export interface InsightSubject {
  table: string;
  /** null: of the rows themselves. */
  measure: string | null;
  aggregation: Aggregation | null;
  filters: readonly { column: string; value: Cell }[];
  breakdown: string | null;
  period: { grain: Grain; current: string; previous: string | null } | null;
}

export type Caveat =
  | { code: 'partial_period'; period: string; days: number; of: number; grain: Grain }
  | { code: 'reversed_in_parts'; breakdown: string }
  | { code: 'heavy_tails' }
  | { code: 'few_values'; n: number }
  | { code: 'guessed_aggregation'; column: string; aggregation: Aggregation }
  | { code: 'small_groups_hidden'; groups: number }
  | { code: 'different_lengths' };

export interface InsightScore {
  /** Share (0..1) of the whole that it is about. */
  impact: number;
  /** 1 - p; 1 for what is described, not tested. */
  significance: number;
  p: number | null;
  /** p as Benjamini and Hochberg adjust it over all tests of the request. */
  q: number | null;
  /** In the unit of its test; null where there is none. */
  effect: number | null;
  test: string;
  n: number;
  confidence: 'high' | 'medium' | 'low';
}

/** What a detector found, before anybody has put it into words. */
export interface Finding {
  type: InsightType;
  subject: InsightSubject;
  facts: Readonly<Record<string, Fact>>;
  labels: Readonly<Record<string, Label>>;
  evidence: readonly Evidence[];
  score: InsightScore;
  caveats: readonly Caveat[];
}

/** The words for a finding, with slots, and as they are read. */
export interface Narrative {
  headlineTemplate: string;
  explanationTemplate: string;
  headline: string;
  explanation: string;
  action: SuggestedAction;
  origin: 'llm' | 'template';
}

export interface SuggestedAction {
  text: string;
  kind: 'investigate' | 'fix_data' | 'act';
  /** Nobody has shown that it helps. */
  hypothesis: true;
}

export interface Insight extends Finding {
  /** `i1`, in the order of rank. */
  id: string;
  rank: number;
  narrative: Narrative;
  /** Caveats in words. */
  caveatTexts: readonly string[];
  /** What documents say of it. */
  citations: readonly Citation[];
  chart: { vegaLite: Readonly<Record<string, unknown>>; svg: string | null } | null;
}

/** The answer to a question about the data. */
export interface DataAnswer {
  /** Empty when something must be clarified. */
  text: string;
  template: string;
  facts: Readonly<Record<string, Fact>>;
  labels: Readonly<Record<string, Label>>;
  evidence: readonly Evidence[];
  insightIds: readonly string[];
  /** What the question lacks, in words; null when it was answered. */
  needsClarification: string | null;
}

export interface InsightReport {
  id: string;
  ownerId: string;
  /**
   * `running` until it is done, `complete`, `partial` when its time was over before everything was looked at, `degraded`
   * when a model was wanted and did not help, `failed`.
   */
  status: 'running' | 'complete' | 'partial' | 'degraded' | 'failed';
  language: Language;
  question: string | null;
  /** Data sets it is of, by their names in SQL. */
  datasets: readonly { name: string; datasetId: string }[];
  /** `sha256:<hex>` of bytes, forms and the zone of time. */
  fingerprint: string;
  tables: readonly TableProfile[];
  warnings: readonly DataWarning[];
  answer: DataAnswer | null;
  insights: readonly Insight[];
  rejected: readonly { reason: RejectionReason; count: number }[];
  verification: { numbers: number; fromSlots: number; freeNumbers: number; sentencesDropped: number };
  usage: { rows: number; sqlMs: number; llmMs: number; tokens: TokenUsage; model: string | null };
  engine: { duckdb: string; detectors: string };
  error: Failure<string> | null;
  createdAt: Date;
  expiresAt: Date;
}

/** A report as it stands in a list. */
export interface InsightSummary {
  id: string;
  status: InsightReport['status'];
  question: string | null;
  /** Of the first insight; null when there is none. */
  headline: string | null;
  createdAt: Date;
}

export type RejectionReason =
  | 'ungrounded_number'
  | 'wrong_direction'
  | 'foreign_name'
  | 'unsupported_cause'
  | 'broken_template'
  | 'not_significant'
  | 'redundant'
  | 'sql_denied'
  | 'sql_failed'
  | 'sql_timeout';
