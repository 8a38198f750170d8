import type { DataWarningCode } from '../../../../models/table.ts';

/** What a column becomes. */
export interface TypedColumn {
  /** SQL of its values, over `staged`. */
  select: string;
  warnings: readonly ColumnWarning[];
}

export interface ColumnWarning {
  code: DataWarningCode;
  count: number | null;
}

/** What stands for no value in columns of numbers and dates. */
export const nullWords: ReadonlySet<string> = new Set([
  'null',
  'none',
  'na',
  'n/a',
  '#n/a',
  'n/d',
  '#n/d',
  'nd',
  '-',
  '--',
]);
export const nonFiniteWords: ReadonlySet<string> = new Set([
  'nan',
  'inf',
  'infinity',
  '+inf',
  '+infinity',
  '-inf',
  '-infinity',
]);

export function isNullWord(value: string): string {
  return isOneOf(nullWords, value);
}

export function isNonFinite(value: string): string {
  return isOneOf(nonFiniteWords, value);
}

/** Not with IN: the engine makes a join of each, through which it copies all columns. */
function isOneOf(words: ReadonlySet<string>, value: string): string {
  const list = [...words].map((word) => `'${word}'`).join(', ');
  return `list_contains([${list}], lower(${value}))`;
}
