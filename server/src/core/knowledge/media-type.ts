import { AppError } from '../../errors/app-error.ts';
import { told, type Told } from '../../errors/told.ts';
import { isSupportedMediaType, type SupportedMediaType } from '../../models/media-type.ts';

export { supportedMediaTypes } from '../../models/media-type.ts';

export interface UploadedFile {
  /** The content type the sender gave, parameters allowed; null when there was none. */
  declared: string | null;
  fileName: string | null;
  bytes: Uint8Array;
}

/**
 * What a file is. Binary formats are told by their content, whatever the sender called them, so a PDF declared as text
 * is read as a PDF; text formats look alike, so there the declared type and the file name decide.
 * Throws `unsupported_document` for everything that is not read, and `document_encrypted` for Office files behind a password.
 */
export function mediaTypeOf({ declared, fileName, bytes }: UploadedFile): SupportedMediaType {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const contained = binaryTypeOf(content);
  if (contained !== null) return contained;
  const claimed = claimedType(declared, fileName);
  if (claimed === null) throw unsupported(told`Send txt, md, html, csv, json, pdf, docx or xlsx.`);
  // Readers of PDF accept other bytes before its header; in a text the same letters are only words.
  if (claimed === 'application/pdf' && content.subarray(0, headerWindow).includes(pdfHeader)) return claimed;
  if (binaryTypes.has(claimed)) throw unsupported(told`The content of the file is not what its type or name says.`);
  return claimed;
}

function claimedType(declared: string | null, fileName: string | null): SupportedMediaType | null {
  const named = declared === null ? '' : essence(declared);
  if (isSupportedMediaType(named) && named !== 'text/plain') return named;
  return extensionTypes[extensionOf(fileName)] ?? textTypeAliases[named] ?? null;
}

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const binaryTypes: ReadonlySet<SupportedMediaType> = new Set<SupportedMediaType>(['application/pdf', docx, xlsx]);

const extensionTypes: Readonly<Record<string, SupportedMediaType>> = {
  txt: 'text/plain',
  text: 'text/plain',
  log: 'text/plain',
  md: 'text/markdown',
  markdown: 'text/markdown',
  html: 'text/html',
  htm: 'text/html',
  xhtml: 'text/html',
  csv: 'text/csv',
  tsv: 'text/csv',
  json: 'application/json',
  pdf: 'application/pdf',
  docx,
  xlsx,
};

/** Other names that senders use for text; the empty name and octet-stream mean that the sender did not know. */
const textTypeAliases: Readonly<Record<string, SupportedMediaType>> = {
  '': 'text/plain',
  'application/octet-stream': 'text/plain',
  'text/plain': 'text/plain',
  'text/x-markdown': 'text/markdown',
  'application/xhtml+xml': 'text/html',
  'application/csv': 'text/csv',
  'text/tab-separated-values': 'text/csv',
  // What browsers on Windows call a .csv file.
  'application/vnd.ms-excel': 'text/csv',
  'text/json': 'application/json',
};

const pdfHeader = '%PDF-';
const headerWindow = 1024;

const foreignSignatures: readonly string[] = [
  '\x89PNG',
  '\xff\xd8\xff',
  'GIF8',
  'BM',
  'II*\0',
  'MM\0*',
  'RIFF',
  '\x1f\x8b',
  'BZh',
  '7z\xbc\xaf',
  'Rar!',
  '\x7fELF',
  'MZ',
  '{\\rtf',
];

function binaryTypeOf(bytes: Buffer): SupportedMediaType | null {
  if (startsWith(bytes, pdfHeader)) return 'application/pdf';
  if (startsWith(bytes, 'PK\x03\x04')) return officeTypeOf(bytes);
  if (startsWith(bytes, '\xd0\xcf\x11\xe0')) throw oldOfficeError(bytes);
  if (foreignSignatures.some((signature) => startsWith(bytes, signature)) && looksBinary(bytes)) {
    throw unsupported(told`Images, archives and programs are not read.`);
  }
  return null;
}

function officeTypeOf(bytes: Buffer): SupportedMediaType {
  // Names of entries are stored uncompressed.
  if (bytes.includes('word/document')) return docx;
  if (bytes.includes('xl/workbook')) return xlsx;
  throw unsupported(told`Of the formats packed as ZIP, only docx and xlsx are read.`);
}

function oldOfficeError(bytes: Buffer): AppError {
  // An encrypted docx or xlsx is one stream of this name inside the old container format.
  if (bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'))) {
    return new AppError('document_encrypted', { detail: told`Remove the password and send the file again.` });
  }
  return unsupported(told`Save the file as docx or xlsx and send it again.`);
}

/** Short signatures such as `BM` and `MZ` also begin words. */
function looksBinary(bytes: Buffer): boolean {
  return (
    bytes.subarray(0, headerWindow).some((byte) => byte < 0x09 || (byte > 0x0d && byte < 0x20 && byte !== 0x1b)) ||
    startsWith(bytes, '{\\rtf')
  );
}

function startsWith(bytes: Buffer, signature: string): boolean {
  return bytes.subarray(0, signature.length).equals(Buffer.from(signature, 'latin1'));
}

function essence(mediaType: string): string {
  return (mediaType.split(';', 1)[0] ?? '').trim().toLowerCase();
}

function extensionOf(fileName: string | null): string {
  return /\.([a-z0-9]{1,10})$/i.exec(fileName ?? '')?.[1]?.toLowerCase() ?? '';
}

function unsupported(detail: Told): AppError {
  return new AppError('unsupported_document', { detail });
}
