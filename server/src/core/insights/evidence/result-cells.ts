import type { Cell, QueryResult } from '../../../models/table.ts';
import { parseDecimal, type Decimal } from './decimal.ts';

const pointerForm = /^\/rows\/(\d+)\/(\d+)$/;

/** A JSON Pointer to a cell: `/rows/0/2`. */
export const pointerTo = (row: number, column: number): string => `/rows/${String(row)}/${String(column)}`;

/** The cell that a JSON Pointer names; undefined where there is none. */
export function cellAt(result: QueryResult, pointer: string): Cell | undefined {
  const [, row, column] = pointerForm.exec(pointer) ?? [];
  return row === undefined ? undefined : result.rows[Number(row)]?.[Number(column)];
}

/** The cells of a column by its name, in the order of rows; empty where there is no such column. */
export function columnCells(result: QueryResult, name: string): Cell[] {
  const index = result.columns.findIndex((column) => column.name === name);
  return index < 0 ? [] : result.rows.map((row) => row[index] ?? null);
}

/** An exact number; undefined for text, truth and nothing. */
export function decimalAt(cell: Cell | undefined): Decimal | undefined {
  return typeof cell === 'string' || typeof cell === 'number' ? parseDecimal(String(cell)) : undefined;
}

/** The numbers of a column, exact; cells without a number are left out. */
export function columnDecimals(result: QueryResult, name: string): Decimal[] {
  return columnCells(result, name).flatMap((cell) => decimalAt(cell) ?? []);
}

/** The numbers of a column for statistics; cells without a number are left out. */
export function columnNumbers(result: QueryResult, name: string): number[] {
  return columnCells(result, name).flatMap((cell) => (decimalAt(cell) === undefined ? [] : Number(cell)));
}
