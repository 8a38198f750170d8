import type { FastifyRequest } from 'fastify';
import { AppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import type { TableFormat } from '../../models/table.ts';
import type { App } from '../http/route.ts';
import { tooLarge } from '../http/upload-form.ts';

const formats: Readonly<Record<string, TableFormat>> = {
  'text/csv': 'csv',
  'application/x-ndjson': 'ndjson',
  'application/jsonl': 'ndjson',
  'application/vnd.apache.parquet': 'parquet',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
};

/** JSON Schema of the bodies that are tables, by media type. */
export const rawTableContent = Object.fromEntries(
  Object.keys(formats).map((mediaType) => [mediaType, { schema: { type: 'string', format: 'binary' } }]),
);

/** Leaves bodies that are tables where they are, for the route to read as they come. */
export function takeRawTables(scope: App): void {
  scope.addContentTypeParser(Object.keys(formats), (_request, _payload, done) => done(null, undefined));
}

/** The format of a body that is a table; undefined for any other body. */
export function rawFormat({ headers }: FastifyRequest): TableFormat | undefined {
  const [mediaType = ''] = (headers['content-type'] ?? '').split(';');
  return formats[mediaType.trim().toLowerCase()];
}

/** The format that a media type says; null: it says none. */
export function formatOfMediaType(mediaType: string): TableFormat | null {
  return formats[mediaType.trim().toLowerCase()] ?? null;
}

/** The body as it comes; fails with `body_too_large`, and with `unsupported_media_type` for one that is compressed. */
export async function* rawTable(request: FastifyRequest, maxBytes: number): AsyncGenerator<Uint8Array> {
  const { headers, raw } = request;
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity')
    throw new AppError('unsupported_media_type', { detail: told`Send the body uncompressed.` });
  try {
    if (Number(headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
    let bytes = 0;
    for await (const chunk of raw.iterator({ destroyOnReturn: false })) {
      const piece = chunk as Buffer;
      bytes += piece.byteLength;
      if (bytes > maxBytes) throw tooLarge(maxBytes);
      yield piece;
    }
  } finally {
    // What still comes is read and dropped, so that the client hears the reply.
    raw.resume();
  }
}
