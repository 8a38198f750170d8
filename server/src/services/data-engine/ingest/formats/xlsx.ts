import { readFile } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { readSheet } from 'read-excel-file/node';
import { AppError, isAppError } from '../../../../errors/app-error.ts';
import { told } from '../../../../errors/told.ts';
import { dateText } from '../../../parser/formats/xlsx.ts';
import { checkOfficeArchive } from '../../../parser/zip/check-office-archive.ts';
import type { IngestRequest } from '../../messages.ts';
import { createRowStaging, type CellKind } from '../row-staging.ts';
import type { StagedTable } from '../staged-table.ts';
import { tableBroken } from '../table-error.ts';
import { plainNumber } from './plain-number.ts';

type SheetCell = string | number | boolean | Date | null;

/** The first sheet; its first row with anything in it has the names of the columns. */
export async function stageXlsx(
  connection: DuckDBConnection,
  { input }: Pick<IngestRequest, 'input'>,
): Promise<StagedTable> {
  const rows = (await rowsOfSheet(await readFile(input))).filter((row) => row.some(isFilled));
  const [header, ...body] = rows;
  if (header === undefined) throw tableBroken(told`The first sheet is empty.`);
  const staging = createRowStaging(connection);
  const width = rows.reduce((widest, row) => Math.max(widest, row.length), 0);
  const columns = Array.from({ length: width }, (_, index) => {
    const name = textOf(header[index] ?? null);
    return name.trim() === '' && body.every((row) => !isFilled(row[index])) ? null : staging.addColumn(name);
  });
  for (const row of body) {
    for (const [index, cell] of row.entries()) {
      const column = columns[index] ?? null;
      if (cell !== null && column !== null) staging.put(column, { kind: kindOf(cell), text: textOf(cell) });
    }
    staging.endRow();
    if (staging.isFull()) await staging.flush();
  }
  return { columns: await staging.finish(), numbers: { usualDecimal: ',' }, warnings: [] };
}

async function rowsOfSheet(bytes: Buffer): Promise<SheetCell[][]> {
  try {
    await checkOfficeArchive(bytes);
    return (await readSheet(bytes)) as SheetCell[][];
  } catch (error) {
    const isBomb = isAppError(error, 'document_too_expensive');
    const detail = isAppError(error) ? error.told : undefined;
    throw new AppError(isBomb ? 'table_too_large' : 'table_broken', {
      detail: detail ?? told`The file is not a workbook that can be read.`,
      cause: error,
    });
  }
}

function isFilled(cell: SheetCell | undefined): boolean {
  return cell !== undefined && textOf(cell).trim() !== '';
}

function kindOf(cell: NonNullable<SheetCell>): CellKind {
  if (typeof cell === 'number') return 'number';
  return typeof cell === 'boolean' ? 'boolean' : 'string';
}

/** Spreadsheets compute with more digits than they have, and show so many. */
const shownDigits = 15;

function textOf(cell: SheetCell): string {
  if (cell === null) return '';
  if (cell instanceof Date) return dateText(cell);
  return typeof cell === 'number' ? plainNumber(String(Number(cell.toPrecision(shownDigits)))) : String(cell);
}
