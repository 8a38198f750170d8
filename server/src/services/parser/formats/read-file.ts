import { AppError } from '../../../errors/app-error.ts';
import { told } from '../../../errors/told.ts';
import type { ParsedDocument } from '../../../models/document.ts';
import { isSupportedMediaType, type SupportedMediaType } from '../../../models/media-type.ts';

type ReadFormat = (bytes: Uint8Array) => ParsedDocument | Promise<ParsedDocument>;

/** Readers are loaded when the first file of their format comes: some of the libraries behind them are large. */
const readers: Readonly<Record<SupportedMediaType, () => Promise<ReadFormat>>> = {
  'text/plain': async () => (await import('./plain-text.ts')).readPlainText,
  'text/markdown': async () => (await import('./markdown.ts')).readMarkdown,
  'text/html': async () => (await import('./html.ts')).readHtml,
  'text/csv': async () => (await import('./csv.ts')).readCsv,
  'application/json': async () => (await import('./json.ts')).readJson,
  'application/pdf': async () => (await import('./pdf.ts')).readPdf,
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': async () =>
    (await import('./docx.ts')).readDocx,
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': async () => (await import('./xlsx.ts')).readXlsx,
};

/** The text of a file. Rejects as the port `Parser` says; what a library throws means that the file is damaged. */
export async function readFile(bytes: Uint8Array, mediaType: string): Promise<ParsedDocument> {
  if (!isSupportedMediaType(mediaType)) throw new AppError('unsupported_document');
  if (bytes.length === 0) throw new AppError('document_empty', { detail: told`The file is empty.` });
  const read = await readers[mediaType]();
  try {
    return await read(bytes);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError(isOutOfMemory(error) ? 'document_too_expensive' : 'document_broken', { cause: error });
  }
}

/** A string or buffer that is too long for the engine; nesting that is too deep for its stack is damage instead. */
function isOutOfMemory(error: unknown): boolean {
  return error instanceof RangeError && !/call stack/i.test(error.message);
}
