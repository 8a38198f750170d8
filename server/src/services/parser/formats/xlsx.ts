import readWorkbook from 'read-excel-file/node';
import type { ParsedDocument } from '../../../models/document.ts';
import { createDocumentBuilder } from '../text/document-builder.ts';
import { createTableLines } from '../text/table-lines.ts';
import { checkOfficeArchive } from '../zip/check-office-archive.ts';
import { told } from '../../../errors/told.ts';

/** Each sheet becomes a section, and each of its rows a line `name: value; …`. */
export async function readXlsx(bytes: Uint8Array): Promise<ParsedDocument> {
  await checkOfficeArchive(bytes);
  const sheets = await readWorkbook(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const document = createDocumentBuilder();
  for (const { sheet, data } of sheets) {
    const rows = data.map((row) => row.map(cellText));
    if (rows.every((row) => row.every((cell) => cell.trim() === ''))) continue;
    document.heading(1, sheet);
    const table = createTableLines(document);
    for (const row of rows) table.add(row);
    table.end();
  }
  return document.finish({ title: null, emptyDetail: told`The workbook contains no filled cells.` });
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return dateText(cell);
  return typeof cell === 'string' ? cell : JSON.stringify(cell);
}

/** Cells hold no time zone, so their clock time comes as UTC; as fractions of days, so seconds are not exact. */
export function dateText(date: Date): string {
  const seconds = Math.round(date.getTime() / 1000);
  if (Number.isNaN(seconds)) return '';
  const [day = '', time = ''] = new Date(seconds * 1000).toISOString().split('T');
  const clock = time.slice(0, 8).replace(/:00$/, '');
  return clock === '00:00' ? day : `${day} ${clock}`;
}
