import type { ColumnProfile, Grain, TableProfile } from '../../../../models/insight.ts';
import type { Intents } from './intents.ts';
import type { Combination, Filter, Period } from './plan.ts';

/** What a question names, and what it wants done with it. */
export interface PlanParts {
  table: TableProfile;
  intents: Intents;
  /** The column of a mark. */
  columnAt(index: number): ColumnProfile | null;
  measures: readonly ColumnProfile[];
  /** Columns that group rows or name things, and have no other part yet. */
  groups: readonly ColumnProfile[];
  /** The table itself is named. */
  isOfRows: boolean;
  filters: readonly Filter[];
  periods: readonly Period[];
}

/** What a number is asked for each of. */
export type Breakdown = { column: ColumnProfile } | { grain: Grain } | null;
/** What is put together, and how; see Plan. */
export type Measured = { measure: ColumnProfile | null; combination: Combination; per: Grain | null };
