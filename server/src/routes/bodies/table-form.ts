import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { AppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import { addField, cleanFileName, tooLarge, toUploadError } from '../http/upload-form.ts';

/** A file of a form while it comes. */
export interface StreamedFile {
  /** Of the form, not of the file. */
  fieldName: string;
  fileName: string | null;
  contentType: string;
  /** Fails with `body_too_large` beyond the limit, and with `invalid_request` for a damaged form. */
  content: AsyncIterable<Uint8Array>;
}

export interface TableForm {
  fields: ReadonlyMap<string, string>;
  /** Each must be read before the next one is asked for. */
  files: AsyncIterable<StreamedFile>;
  /** Drops what still comes, so that the client hears the reply. */
  drop(): Promise<void>;
}

const mostFiles = 8;
const mostFields = 20;
/** The request itself is a field: its columns may be described at length. */
const mostFieldBytes = 1024 * 1024;

/** A multipart body of which no file is ever in memory: its fields come first. Rejects with `invalid_request`. */
export async function openTableForm(request: FastifyRequest, maxFileBytes: number): Promise<TableForm> {
  const fields = new Map<string, string>();
  const files = readParts(request, { fields, maxFileBytes });
  const first = await files.next();
  const all = async function* (): AsyncGenerator<StreamedFile> {
    if (first.done === true) return;
    yield first.value;
    yield* files;
  };
  return { fields, files: all(), drop: async () => void (await files.return(undefined)) };
}

async function* readParts(
  request: FastifyRequest,
  { fields, maxFileBytes }: { fields: Map<string, string>; maxFileBytes: number },
): AsyncGenerator<StreamedFile, void> {
  const limits = {
    files: mostFiles,
    fields: mostFields,
    parts: mostFiles + mostFields,
    fieldSize: mostFieldBytes,
    fileSize: maxFileBytes,
  };
  let isAfterFiles = false;
  try {
    for await (const part of request.parts({ limits })) {
      if (part.type === 'file') {
        isAfterFiles = true;
        yield toStreamed(part, maxFileBytes);
        // What nobody wanted of it must not hold up what comes after it.
        part.file.resume();
        continue;
      }
      if (isAfterFiles)
        throw new AppError('invalid_request', { detail: told`Send the fields of the form before its files.` });
      addField(fields, part);
    }
  } catch (error) {
    throw toUploadError(error);
  } finally {
    request.raw.resume();
  }
}

function toStreamed(part: MultipartFile, maxFileBytes: number): StreamedFile {
  return {
    fieldName: part.fieldname,
    fileName: cleanFileName(part.filename),
    contentType: part.mimetype,
    content: contentOf(part, maxFileBytes),
  };
}

async function* contentOf({ file }: MultipartFile, maxFileBytes: number): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of file) yield chunk as Buffer;
  } catch (error) {
    throw toUploadError(error);
  }
  if (file.truncated) throw tooLarge(maxFileBytes);
}
