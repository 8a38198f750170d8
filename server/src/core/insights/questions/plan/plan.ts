import type { ColumnProfile, Grain, TableProfile } from '../../../../models/insight.ts';

/** How the values of a measure are put together, as a question asks for it. */
export type Combination = 'sum' | 'avg' | 'median' | 'max' | 'min' | 'count' | 'distinct' | 'last';

/** What a question asks for, in the names of the tables. */
export interface Plan {
  table: TableProfile;
  /** null: the rows themselves. */
  measure: ColumnProfile | null;
  combination: Combination;
  /** The amount is divided by the number of such periods in `period`; null: it is not. */
  per: Grain | null;
  filters: readonly Filter[];
  /** Days that count, both ends among them; null: all. */
  period: Period | null;
  shape: Shape;
}

export type Filter =
  | { kind: 'members'; column: ColumnProfile; values: readonly string[]; isExcluded: boolean }
  | { kind: 'number'; column: ColumnProfile; comparison: Comparison; numbers: readonly string[] };

export type Comparison = 'above' | 'below' | 'at_least' | 'at_most' | 'equal' | 'between';

export interface Period {
  first: string;
  last: string;
  /** When it is one whole period; null for a span of days. */
  grain: Grain | null;
}

export type Shape =
  | { kind: 'single' }
  /** `limit` null: all of them. */
  | { kind: 'groups'; by: ColumnProfile; order: 'highest' | 'lowest'; limit: number | null }
  | { kind: 'series'; grain: Grain; order: 'time' | 'highest' | 'lowest'; limit: number | null }
  | { kind: 'shares'; by: ColumnProfile; order: 'highest' | 'lowest'; limit: number | null }
  | { kind: 'share'; filter: Extract<Filter, { kind: 'members' }> }
  | { kind: 'members'; column: ColumnProfile; first: string; second: string }
  | { kind: 'periods'; current: Period; previous: Period }
  /** From each period of the plan's to the next; the one before the first is compared with. */
  | { kind: 'growth'; grain: Grain }
  /** In the order of the change in percent. */
  | {
      kind: 'changes';
      by: ColumnProfile;
      current: Period;
      previous: Period;
      order: 'highest' | 'lowest';
      limit: number | null;
    };

/** Why a question was not answered. Words are those of the question, as they were written. */
export type Unclear =
  | { kind: 'unknown_words'; words: readonly string[]; suggestions: readonly ColumnProfile[] }
  | { kind: 'several_columns'; words: string; columns: readonly ColumnProfile[] }
  | { kind: 'several_members'; value: string; columns: readonly ColumnProfile[] }
  | { kind: 'several_tables'; tables: readonly TableProfile[] }
  | { kind: 'no_measure' }
  | { kind: 'no_time' }
  | { kind: 'period_outside' | 'period_incomplete'; period: Period }
  | { kind: 'no_rows' }
  | { kind: 'personal'; column: ColumnProfile }
  | { kind: 'few_rows' }
  | { kind: 'not_added' | 'judgement'; column: ColumnProfile }
  | { kind: 'combination' };

export type Understanding = { plan: Plan } | { unclear: Unclear };
