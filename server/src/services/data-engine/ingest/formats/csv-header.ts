import { CsvError, parse } from 'csv-parse/sync';
import { maxColumns } from '../../limits.ts';
import { tableBroken, tooManyColumns } from '../table-error.ts';
import { readsLikeRow } from './swallowed-rows.ts';
import { told } from '../../../../errors/told.ts';

/** Programs for spreadsheets write `sep=;` before everything else; and what is empty is no header. */
export function withoutPreamble(text: string): { text: string; linesBefore: number; declared: string | undefined } {
  const preamble = /^(?:\s*\n)?(?:sep=(.)\r?\n)?(?:\s*\n)?/i.exec(text);
  const before = preamble?.[0] ?? '';
  return { text: text.slice(before.length), linesBefore: before.split('\n').length - 1, declared: preamble?.[1] };
}

/**
 * The names as they are written.
 * @param row where the header stands, for who is told that it is broken
 */
export function headerNames(text: string, { delimiter, row }: { delimiter: string; row: number }): string[] {
  const [names] = firstRow(text, { delimiter, row });
  if (names === undefined) throw tableBroken(told`The file is empty.`);
  if (names.length > maxColumns) throw tooManyColumns();
  const swallowing = names.findIndex((name) => readsLikeRow(name, { delimiter, columns: names.length }));
  if (swallowing >= 0) {
    throw tableBroken(told`A quoted name has whole lines in it: close the quotation mark.`, {
      row,
      column: swallowing + 1,
    });
  }
  return names;
}

function firstRow(text: string, { delimiter, row }: { delimiter: string; row: number }): string[][] {
  try {
    return parse(text, { delimiter, to: 1, relax_column_count: true });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const column = typeof error['column'] === 'number' ? error['column'] + 1 : undefined;
    throw tableBroken(told`A quoted cell is not closed, or is followed by text.`, { row, column });
  }
}
