import type { DuckDBConnection } from '@duckdb/node-api';
import { askNumbers } from '../../ask.ts';
import { stagedTable } from '../staged-table.ts';
import { isInForm, type TypeForm } from './type-forms.ts';
import { isNullWord, type TypedColumn } from './typed-column.ts';

/** A column of dates or of truth values; null when not all values are in the form, or none is. */
export async function plainColumn(
  connection: DuckDBConnection,
  { value, form }: { value: string; form: Exclude<TypeForm, { kind: 'number' }> },
): Promise<TypedColumn | null> {
  const typed = form.kind === 'date' ? form.typed(value) : `TRY_CAST(${value} AS BOOLEAN)`;
  const typedInForm = `CASE WHEN ${isInForm(form, value)} THEN ${typed} END`;
  const [values, nothings, strangers] = await askNumbers(
    connection,
    `SELECT count(typed),
      count_if(CASE WHEN typed IS NULL THEN ${isNullWord(value)} ELSE false END),
      count_if(CASE WHEN typed IS NULL THEN NOT ${isNullWord(value)} ELSE false END)
    FROM (SELECT ${value}, ${typedInForm} AS typed FROM (SELECT DISTINCT ${value} FROM ${stagedTable}) WHERE ${value} IS NOT NULL)`,
  );
  if (values === 0 || strangers! > 0) return null;
  return { select: nothings === 0 ? typed : typedInForm, warnings: [] };
}
