import type { DuckDBConnection } from '@duckdb/node-api';
import { askNumbers } from '../../ask.ts';
import { stagedName, stagedTable, type StagedContent, type StagedTable } from '../staged-table.ts';
import { numberColumn } from './number-column.ts';
import { plainColumn } from './plain-column.ts';
import { fullMatch, samplesOf } from './samples.ts';
import { textColumn } from './text-column.ts';
import { tryTypes, type TypeAttempt } from './type-attempt.ts';
import { typeForms, type TypeForm } from './type-forms.ts';
import { nonFiniteWords, nullWords, type TypedColumn } from './typed-column.ts';
import { usualDecimal } from './usual-decimal.ts';

/** So many rows tell which forms are worth being looked for in all of them. */
const sampleRows = 2_000;

/** The type that every value of a column has; what no type fits stays text. In the order of the columns. */
export async function chooseTypes(connection: DuckDBConnection, staged: StagedTable): Promise<TypedColumn[]> {
  const attempts = await likelyAttempts(connection, staged);
  const [rows = 0] = await askNumbers(connection, `SELECT count(*) FROM ${stagedTable}`);
  const chosen = staged.columns.map(({ content }, index): TypedColumn | null =>
    content.kind === 'typed' ? { select: stagedName(index), warnings: [] } : null,
  );
  for (let round = 0; chosen.includes(null); round += 1) {
    const open = chosen.flatMap((column, index) => (column === null ? [index] : []));
    const tried = open.map((index) => attempts[index]![round]!);
    const found = await tryTypes(connection, tried, { rows });
    for (const [place, index] of open.entries()) chosen[index] = found[place] ?? null;
  }
  return chosen.filter((column) => column !== null);
}

/** Of each column, in the order in which they are tried; the last one, text, always fits. */
async function likelyAttempts(connection: DuckDBConnection, staged: StagedTable): Promise<TypeAttempt[][]> {
  const decimal = await usualDecimal(connection, staged);
  const columns = staged.columns.map(({ content }, index) => ({
    content,
    value: stagedName(index),
    forms: typeForms(content, { decimal, staged }),
  }));
  const names = columns.filter(({ forms }) => forms.length > 0).map(({ value }) => value);
  const samples = samplesOf(connection, { names, rows: sampleRows })[Symbol.asyncIterator]();
  const attempts: TypeAttempt[][] = [];
  for (const column of columns) {
    const sample = column.forms.length > 0 ? await samples.next() : undefined;
    const forms = sample?.done === false ? likelyForms(column.forms, sample.value) : [];
    attempts.push([...forms.map((form) => attemptOf(column, form)), textColumn(column)]);
  }
  return attempts;
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

function attemptOf(column: { content: StagedContent; value: string }, form: TypeForm): TypeAttempt {
  return form.kind === 'number' ? numberColumn({ ...column, form }) : plainColumn({ ...column, form });
}
