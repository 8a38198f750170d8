import { readFile, stat } from 'node:fs/promises';
import type { TableFormat } from '../../models/table.ts';
import { isPlainText } from './ingest/formats/csv-encoding.ts';
import type { FileToRead } from './messages.ts';

/** A file of fewer bytes is read again sooner than a process for reading it is started. */
export const usualFewBytes = 128 * 1024;

const textFormats: ReadonlySet<TableFormat> = new Set(['csv', 'json', 'ndjson']);

/**
 * Whether a session reads a file itself, into its memory: it has few bytes, and nothing has to be written to read it, for
 * the process of a session may write nothing.
 */
export async function isForMemory({ input, format, csv }: FileToRead, fewBytes: number): Promise<boolean> {
  if (!textFormats.has(format)) return false;
  const { size } = await stat(input);
  if (size > fewBytes) return false;
  return format !== 'csv' || isPlainText(await readFile(input), csv.encoding);
}
