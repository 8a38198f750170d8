import { AppError, isAppError } from '../../../errors/app-error.ts';
import { told, type Told } from '../../../errors/told.ts';
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
export function tableBroken(reason: Told, place: TablePlace = {}): AppError {
  return new AppError('table_broken', { detail: at(place, reason) });
}

export function tableTooLarge(reason: Told, place: TablePlace = {}): AppError {
  return new AppError('table_too_large', { detail: at(place, reason) });
}

export function tooManyColumns(): AppError {
  return tableTooLarge(told`There are more than ${maxColumns} columns; send those that are needed.`);
}

/** The same, where it is about the content of a table, with the name of the table. */
export function ofTable(name: string, error: unknown): unknown {
  if (!isAppError(error, 'table_broken') && !isAppError(error, 'table_too_large')) return error;
  return new AppError(error.code, { detail: detailOf(name, error), cause: error });
}

function detailOf(table: string, { detail = '', told: reason }: AppError): Told {
  if (reason === undefined) return told`Table "${table}".`;
  return /^(?:row|line|column) /.test(detail) ? told`Table "${table}", ${reason}` : told`Table "${table}": ${reason}`;
}

function at({ row, line, column }: TablePlace, reason: Told): Told {
  const places = [
    ...(row === undefined ? [] : [told`row ${row}`]),
    ...(line === undefined ? [] : [told`line ${line}`]),
    ...(column === undefined ? [] : [typeof column === 'number' ? told`column ${column}` : told`column "${column}"`]),
  ];
  if (places.length === 0) return reason;
  return told`${places.reduce((first, next) => told`${first}, ${next}`)}: ${reason}`;
}
