import type { DuckDBConnection } from '@duckdb/node-api';
import { stagedName, type StagedContent, type StagedTable } from '../staged-table.ts';
import { numberColumn } from './number-column.ts';
import { plainColumn } from './plain-column.ts';
import { fullMatch, samplesOf } from './samples.ts';
import { textColumn } from './text-column.ts';
import { typeForms, type TypeForm } from './type-forms.ts';
import { nonFiniteWords, nullWords, type TypedColumn } from './typed-column.ts';
import { usualDecimal } from './usual-decimal.ts';

/** So many rows tell which forms are worth being looked for in all of them. */
const sampleRows = 2_000;

/** The type that every value of a column has; what no type fits stays text. In the order of the columns. */
export async function chooseTypes(connection: DuckDBConnection, staged: StagedTable): Promise<TypedColumn[]> {
  const decimal = await usualDecimal(connection, staged);
  const columns = staged.columns.map(({ content }, index) => ({
    content,
    value: stagedName(index),
    forms: typeForms(content, { decimal, staged }),
  }));
  const names = columns.filter(({ forms }) => forms.length > 0).map(({ value }) => value);
  const samples = samplesOf(connection, { names, rows: sampleRows })[Symbol.asyncIterator]();
  const chosen: TypedColumn[] = [];
  for (const column of columns) {
    const sample = column.forms.length > 0 ? await samples.next() : undefined;
    const forms = sample?.done === false ? likelyForms(column.forms, sample.value) : [];
    chosen.push(await chooseType(connection, { ...column, forms }));
  }
  return chosen;
}

/** Those that all values of the sample have. */
function likelyForms(forms: readonly TypeForm[], sample: readonly string[]): TypeForm[] {
  return forms.filter((form) => {
    const isInForm = fullMatch(form.pattern);
    return sample.every((value) => isInForm(value) || isNothing(form, value.toLowerCase()));
  });
}

function isNothing({ kind }: TypeForm, word: string): boolean {
  return nullWords.has(word) || (kind === 'number' && nonFiniteWords.has(word));
}

interface ColumnToType {
  content: StagedContent;
  /** SQL of its values. */
  value: string;
  forms: readonly TypeForm[];
}

async function chooseType(connection: DuckDBConnection, column: ColumnToType): Promise<TypedColumn> {
  if (column.content.kind === 'typed') return { select: column.value, warnings: [] };
  for (const form of column.forms) {
    const inForm = { value: column.value, content: column.content, form };
    const typed =
      form.kind === 'number'
        ? await numberColumn(connection, { ...inForm, form })
        : await plainColumn(connection, { ...inForm, form });
    if (typed !== null) return typed;
  }
  return textColumn(connection, column);
}
