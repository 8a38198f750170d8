import { AppError, isAppError } from '../../../errors/app-error.ts';
import { maxColumns } from '../limits.ts';

export interface TablePlace {
  /** Counted from 1; of a CSV file and of a sheet, the header is a row too. */
  row?: number | undefined;
  /** Counted from 1, where rows cannot be told yet. */
  line?: number | undefined;
  /** Its name, or which one it is, counted from 1. */
  column?: string | number | undefined;
}

/** `reason` is a sentence; where it is said comes before it. */
export function tableBroken(reason: string, place: TablePlace = {}): AppError {
  return new AppError('table_broken', { detail: `${where(place)}${reason}` });
}

export function tableTooLarge(reason: string, place: TablePlace = {}): AppError {
  return new AppError('table_too_large', { detail: `${where(place)}${reason}` });
}

export function tooManyColumns(): AppError {
  return tableTooLarge(`There are more than ${maxColumns} columns; send those that are needed.`);
}

/** The same, where it is about the content of a table, with the name of the table. */
export function ofTable(name: string, error: unknown): unknown {
  if (!isAppError(error, 'table_broken') && !isAppError(error, 'table_too_large')) return error;
  return new AppError(error.code, { detail: `Table "${name}"${ofDetail(error.detail)}`, cause: error });
}

function ofDetail(detail: string | undefined): string {
  if (detail === undefined) return '.';
  return /^(?:row|line|column) /.test(detail) ? `, ${detail}` : `: ${detail}`;
}

function where({ row, line, column }: TablePlace): string {
  const places = [
    ...(row === undefined ? [] : [`row ${row}`]),
    ...(line === undefined ? [] : [`line ${line}`]),
    ...(column === undefined ? [] : [`column ${typeof column === 'number' ? column : `"${column}"`}`]),
  ].join(', ');
  return places === '' ? '' : `${places}: `;
}
