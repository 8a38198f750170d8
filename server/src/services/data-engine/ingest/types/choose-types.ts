import type { DuckDBConnection } from '@duckdb/node-api';
import { askNumbers } from '../../ask.ts';
import { stagedName, stagedTable, type StagedContent, type StagedTable } from '../staged-table.ts';
import { plainColumn } from './plain-column.ts';
import { numberColumn } from './number-column.ts';
import { textColumn } from './text-column.ts';
import { usualDecimal } from './usual-decimal.ts';
import { isInForm, typeForms, type TypeForm } from './type-forms.ts';
import { isNonFinite, isNullWord, type TypedColumn } from './typed-column.ts';

/** So many rows tell which forms are worth being looked for in all of them. */
const sampleRows = 2_000;

/** The type that every value of a column has; what no type fits stays text. In the order of the columns. */
export async function chooseTypes(connection: DuckDBConnection, staged: StagedTable): Promise<TypedColumn[]> {
  const decimal = await usualDecimal(connection, staged);
  const chosen: TypedColumn[] = [];
  for (const [index, { content }] of staged.columns.entries()) {
    const forms = typeForms(content, { decimal, staged });
    chosen.push(await chooseType(connection, { content, value: stagedName(index), forms }));
  }
  return chosen;
}

interface ColumnToType {
  content: StagedContent;
  /** SQL of its values. */
  value: string;
  forms: readonly TypeForm[];
}

async function chooseType(connection: DuckDBConnection, column: ColumnToType): Promise<TypedColumn> {
  if (column.content.kind === 'typed') return { select: column.value, warnings: [] };
  for (const form of await likelyForms(connection, column)) {
    const inForm = { value: column.value, content: column.content, form };
    const typed =
      form.kind === 'number'
        ? await numberColumn(connection, { ...inForm, form })
        : await plainColumn(connection, { ...inForm, form });
    if (typed !== null) return typed;
  }
  return textColumn(connection, column);
}

/** Those that all values of the sample have. */
async function likelyForms(connection: DuckDBConnection, { value, forms }: ColumnToType): Promise<readonly TypeForm[]> {
  if (forms.length === 0) return [];
  const strangers = forms.map((form) => {
    const isNothing = form.kind === 'number' ? `${isNullWord(value)} OR ${isNonFinite(value)}` : isNullWord(value);
    return `count(*) FILTER (NOT ${isInForm(form, value)} AND NOT (${isNothing}))`;
  });
  const counts = await askNumbers(
    connection,
    `SELECT ${strangers.join(', ')} FROM (SELECT ${value} FROM ${stagedTable} LIMIT ${sampleRows})`,
  );
  return forms.filter((_, index) => counts[index] === 0);
}
