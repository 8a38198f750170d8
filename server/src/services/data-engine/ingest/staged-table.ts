import { quoteText } from '../../../models/sql.ts';

/** A table as it was read, before its columns have types: the table `staged` with columns `c0`, `c1`, … */
export const stagedTable = 'staged';

export interface StagedTable {
  columns: readonly StagedColumn[];
  /** What is known of how its numbers are written. */
  numbers: NumberHints;
  /** Form of its dates, as strptime has them, if that was said. */
  date?: string | undefined;
  warnings: readonly StagedWarning[];
}

export interface StagedColumn {
  name: string;
  wasRenamed: boolean;
  content: StagedContent;
}

/**
 * What is in a column. `text`: cells of a file that knows only text; `string`: texts of a file that knows numbers too;
 * `number`: numbers in plain decimals or with an exponent; `typed`: it has a type already, which is kept.
 * All but the last are VARCHAR, trimmed, and null where nothing is left.
 */
export type StagedContent =
  | { kind: 'text' | 'string' | 'number' | 'boolean' | 'nested' | 'typed' }
  | { kind: 'mixed'; strangers: number };

export interface NumberHints {
  decimal?: string | undefined;
  thousands?: string | undefined;
  /** What stands for the decimal when nothing in the file tells. */
  usualDecimal: '.' | ',';
}

export interface StagedWarning {
  code: 'latin_1' | 'rows_in_cell';
  /** null: about the whole table. */
  column: string | null;
  count: number | null;
}

/** As `staged` calls it. */
export function stagedName(index: number): string {
  return `c${index}`;
}

const spaces = [' ', '\t', '\r', '\n', '\u00a0'];
/** With more columns, planning so many conditions takes longer than they save. */
const mostColumnsLookedAt = 100;

/**
 * SQL of a text without space around it, null where nothing is left. Few have any, and looking costs less than trimming.
 * @param columns so many of the table are trimmed
 */
export function trimmedText(value: string, columns: number): string {
  const trimmed = `nullif(trim(${value}, ${quoteText(spaces.join(''))}), '')`;
  if (columns > mostColumnsLookedAt) return trimmed;
  // Of an empty text, the first character is said to be 0.
  const begins = `ascii(${value}) <= 32 OR ascii(${value}) = 160`;
  const ends = spaces.map((space) => `ends_with(${value}, ${quoteText(space)})`).join(' OR ');
  return `CASE WHEN ${begins} OR ${ends} THEN ${trimmed} ELSE ${value} END`;
}
