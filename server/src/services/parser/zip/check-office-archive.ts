import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { AppError } from '../../../errors/app-error.ts';
import { told, type Told } from '../../../errors/told.ts';

const mebibyte = 1024 * 1024;
const mostEntries = 2_000;
const mostBytes = 200 * mebibyte;
const mostInflation = 100;
/** Small files may inflate as they like: empty rows of a sheet compress a thousandfold. */
const harmlessBytes = 10 * mebibyte;

/**
 * Reads an Office file once without using it, counting what it inflates to, before a library unpacks it in memory.
 * Throws `document_too_expensive` for a bomb, `document_encrypted`, and `document_broken` for damage and for XML that
 * declares a document type: Office writes none, and entities that expand each other come in one.
 */
export async function checkOfficeArchive(bytes: Uint8Array): Promise<void> {
  const archive = await openArchive(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (archive.entryCount > mostEntries) throw tooExpensive(told`It has too many parts.`);
  let declared = 0;
  let compressed = 0;
  let inflated = 0;
  try {
    for await (const entry of archive.eachEntry()) {
      if (entry.isEncrypted()) throw new AppError('document_encrypted');
      declared += entry.uncompressedSize;
      compressed += entry.compressedSize;
      checkSize({ declared, compressed });
      checkName(entry.fileName);
      if (isMarkup(entry.fileName)) inflated += await checkMarkup(archive, entry, mostBytes - inflated);
    }
  } catch (error) {
    throw error instanceof AppError ? error : damaged(error);
  }
}

async function openArchive(bytes: Buffer): Promise<ZipFile> {
  try {
    return await fromBufferPromise(bytes);
  } catch (error) {
    throw damaged(error);
  }
}

function checkSize({ declared, compressed }: { declared: number; compressed: number }): void {
  if (declared > mostBytes) throw tooExpensive(told`It is too large when unpacked.`);
  if (declared > harmlessBytes && declared > compressed * mostInflation)
    throw tooExpensive(told`It is a decompression bomb.`);
}

/** Charts carry their numbers as a workbook, which nobody unpacks here; anywhere else an archive has no business. */
function checkName(name: string): void {
  if (/\.(?:zip|docx|xlsx|pptx|jar|gz|7z|rar|tar)$/i.test(name) && !/(?:^|\/)embeddings\//.test(name)) {
    throw new AppError('document_broken', { detail: told`The file contains another archive.` });
  }
}

function isMarkup(name: string): boolean {
  return /\.(?:xml|rels)$/i.test(name);
}

const forbidden: readonly Buffer[] = ['<!DOCTYPE', '<!ENTITY'].flatMap((text) => [
  Buffer.from(text, 'latin1'),
  Buffer.from(text, 'utf16le'),
  Buffer.from(text, 'utf16le').swap16(),
]);
const longestForbidden = 2 * '<!DOCTYPE'.length;

/** Inflates a part and throws it away; resolves to its size. */
async function checkMarkup(archive: ZipFile, entry: Entry, limit: number): Promise<number> {
  let length = 0;
  let tail = Buffer.alloc(0);
  for await (const chunk of await archive.openReadStreamPromise(entry)) {
    const data = chunk as Buffer;
    length += data.length;
    if (length > limit) throw tooExpensive(told`It is too large when unpacked.`);
    const window = Buffer.concat([tail, data]);
    if (forbidden.some((text) => window.includes(text))) {
      throw new AppError('document_broken', {
        detail: told`The file declares XML entities, which Office files do not.`,
      });
    }
    tail = window.subarray(-longestForbidden);
  }
  return length;
}

function tooExpensive(reason: Told): AppError {
  return new AppError('document_too_expensive', { detail: told`The file was not unpacked. ${reason}` });
}

function damaged(cause: unknown): AppError {
  return new AppError('document_broken', { detail: told`The ZIP container of the file is damaged.`, cause });
}
