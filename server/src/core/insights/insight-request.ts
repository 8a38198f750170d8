import type { Grain, InsightType } from '../../models/insight.ts';
import type { Language } from '../../models/language.ts';
import type { EndUser, Principal } from '../../models/principal.ts';
import type { ColumnHint } from '../../models/table.ts';
import type { GivenTable } from './datasets/datasets.ts';

/** Tables, and what is wanted of them. `Table` is what is known of the tables: as they come, or once they are kept. */
export interface InsightRequest<Table = GivenTables> {
  question: string | null;
  /** null: that of the question, else Portuguese. */
  language: Language | null;
  tables: Table;
  /** What the data is about: data too, never an instruction. */
  context: string | null;
  period: AskedPeriod;
  options: InsightOptions;
  /** The end user a backend speaks for, as far as documents are concerned. */
  actAs?: EndUser | undefined;
}

/** Tables as they come, each read before the next one is asked for. */
export type GivenTables = AsyncIterable<RequestedTable>;

export interface RequestedTable {
  /** Undefined: that of the data set, else one is given. */
  name?: string | undefined;
  columns: readonly ColumnHint[];
  /** A data set that was added before, or a table that becomes one. */
  source: { datasetId: string } | Omit<GivenTable, 'name'>;
}

/** A table whose bytes are kept. */
export interface KeptTable {
  /** As it is named in SQL. */
  name: string;
  datasetId: string;
  /** Whether it came with the request. */
  isNew: boolean;
  columns: readonly ColumnHint[];
}

/** A request that can be taken up again by another process. */
export type KeptRequest = InsightRequest<readonly KeptTable[]>;

/** Which periods are looked at; what is undefined is found out. */
export interface AskedPeriod {
  column?: string | undefined;
  grain?: Grain | undefined;
  /** `2025-06`, or the first day of the period. */
  current?: string | undefined;
  compare?: 'previous' | 'year_ago' | undefined;
}

export interface InsightOptions {
  maxInsights: number;
  /** Undefined: every kind. */
  types?: readonly InsightType[] | undefined;
  /** The share of false findings that is accepted. */
  q: number;
  narrative: 'llm' | 'template';
  sql: 'builtin' | 'llm';
  charts: 'spec' | 'svg' | 'none';
  /** Documents of these may explain what is found; undefined: none is looked at. */
  collections?: readonly string[] | undefined;
  model?: string | undefined;
  timeoutMs: number;
}

export interface InsightContext {
  principal: Principal;
  /** An abort ends the work, and kills what runs; nothing is kept then but the tables. */
  signal: AbortSignal;
}
