import type { ColumnHint, Hints } from '../new/analysis-request.ts';

/** What of a column can be corrected; what is null stays as detected. */
export type HintChange = Partial<Omit<ColumnHint, 'name' | 'description'>>;

/** What a person said so far, by table and column. */
export type Corrections = Readonly<Record<string, Readonly<Record<string, HintChange>>>>;

/** Correcting, and asking again with what was said. */
export interface Correcting {
  corrections: Corrections;
  onChange(corrections: Corrections): void;
  onRun(): void;
}

interface ChangedColumn {
  table: string;
  column: string;
  change: HintChange;
}

export function changeHint(corrections: Corrections, { table, column, change }: ChangedColumn): Corrections {
  const columns = corrections[table] ?? {};
  return { ...corrections, [table]: { ...columns, [column]: { ...columns[column], ...change } } };
}

/** As they are sent: only what was said. */
export function hintsOf(corrections: Corrections): Hints {
  return Object.fromEntries(
    Object.entries(corrections).map(([table, columns]) => [
      table,
      Object.entries(columns).map(([name, change]): ColumnHint => ({ name, ...change })),
    ]),
  );
}
