import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { AppError, isAppError } from '../../errors/app-error.ts';
import { told, type Told } from '../../errors/told.ts';

export interface FormFile {
  /** Of the form, not of the file. */
  fieldName: string;
  fileName: string | null;
  contentType: string;
  bytes: Uint8Array;
  /** Those of the whole form as far as they are known: all, when they come before the files. */
  fields: ReadonlyMap<string, string>;
}

const mostFiles = 10_000;
const mostFields = 20;
const mostFieldBytes = 64 * 1024;
const longestFileName = 255;
/** Until so much has come, fields may come after files. */
const mostHeldBytes = 16 * 1024 * 1024;

/**
 * The files of a multipart body as they come. Small forms are read whole, so fields may stand anywhere in them; of large
 * ones one file at a time is in memory, and fields must come first. Rejects with `invalid_request` for a damaged body
 * and `body_too_large` for a file larger than `maxFileBytes`.
 */
export async function* readUploadForm(request: FastifyRequest, maxFileBytes: number): AsyncGenerator<FormFile> {
  const fields = new Map<string, string>();
  let held: FormFile[] | null = [];
  let heldBytes = 0;
  const limits = {
    files: mostFiles,
    fields: mostFields,
    parts: mostFiles + mostFields,
    fieldSize: mostFieldBytes,
    fileSize: maxFileBytes,
  };
  try {
    for await (const part of request.parts({ limits })) {
      if (part.type === 'field') {
        if (held === null) throw invalid(told`Send the fields of the form before its files.`);
        addField(fields, part);
        continue;
      }
      const file = await readFile(part, { fields, maxFileBytes });
      heldBytes += file.bytes.byteLength;
      if (held === null) yield file;
      else held.push(file);
      if (held === null || heldBytes < mostHeldBytes) continue;
      yield* held;
      held = null;
    }
  } catch (error) {
    throw toUploadError(error);
  } finally {
    // What still comes is read and dropped, so that the client hears the reply.
    request.raw.resume();
  }
  yield* held ?? [];
}

async function readFile(
  part: MultipartFile,
  { fields, maxFileBytes }: { fields: ReadonlyMap<string, string>; maxFileBytes: number },
): Promise<FormFile> {
  const chunks: Buffer[] = [];
  for await (const chunk of part.file) chunks.push(chunk as Buffer);
  if (part.file.truncated) throw tooLarge(maxFileBytes);
  return {
    fieldName: part.fieldname,
    fileName: cleanFileName(part.filename),
    contentType: part.mimetype,
    bytes: Buffer.concat(chunks),
    fields,
  };
}

/** Rejects with `invalid_request` for a field that is too long or occurs twice. */
export function addField(
  fields: Map<string, string>,
  { fieldname, value, valueTruncated }: { fieldname: string; value: unknown; valueTruncated: boolean },
): void {
  if (valueTruncated) throw invalid(told`A field of the form is too long: send long texts as files.`);
  if (fields.has(fieldname)) throw invalid(told`A field of the form occurs twice.`);
  fields.set(fieldname, typeof value === 'string' ? value : JSON.stringify(value));
}

/** Some senders leave the name out; one that is only a path or control characters is none. */
export function cleanFileName(name: string | undefined): string | null {
  const clean = (name ?? '')
    .split(/[/\\]/)
    .at(-1)!
    .replaceAll(/\p{Cc}/gu, '')
    .trim();
  return clean === '' ? null : clean.slice(-longestFileName).toWellFormed();
}

/** The parser of forms reports damage as errors of many kinds; all are the sender's. */
export function toUploadError(error: unknown): AppError {
  if (isAppError(error)) return error;
  if ((error as { statusCode?: number }).statusCode === 413) {
    return new AppError('body_too_large', { detail: told`Send at most ${mostFiles} files at once.`, cause: error });
  }
  return new AppError('invalid_request', { detail: told`The form is damaged or ends early.`, cause: error });
}

export function tooLarge(maxFileBytes: number): AppError {
  return new AppError('body_too_large', { detail: told`A file may have ${maxFileBytes} bytes.` });
}

function invalid(detail: Told): AppError {
  return new AppError('invalid_request', { detail });
}
