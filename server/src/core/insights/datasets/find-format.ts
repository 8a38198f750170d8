import { AppError } from '../../../errors/app-error.ts';
import { told } from '../../../errors/told.ts';
import type { TableFormat } from '../../../models/table.ts';

/** Enough to see past blank lines at the beginning of a text. */
const lookedAtBytes = 1024;

/**
 * The format of a table, by its beginning where nobody says it, and its whole content. Rejects with `table_broken` for a
 * table without a byte.
 */
export async function findFormat(
  content: AsyncIterable<Uint8Array>,
  given: TableFormat | null,
): Promise<{ format: TableFormat; content: AsyncIterable<Uint8Array> }> {
  const chunks = content[Symbol.asyncIterator]();
  const taken: Uint8Array[] = [];
  let bytes = 0;
  let isWhole = false;
  while (bytes < lookedAtBytes && !isWhole) {
    const next = await chunks.next();
    isWhole = next.done === true;
    if (next.done === true) break;
    taken.push(next.value);
    bytes += next.value.byteLength;
  }
  if (bytes === 0)
    throw new AppError('table_broken', { detail: told`The table is empty: send its header and its rows.` });
  const format = given ?? formatOf(Buffer.concat(taken).subarray(0, lookedAtBytes));
  return { format, content: joined(taken, chunks) };
}

async function* joined(taken: readonly Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* taken;
    yield* { [Symbol.asyncIterator]: () => rest };
  } finally {
    await rest.return?.();
  }
}

function formatOf(beginning: Buffer): TableFormat {
  if (beginning.subarray(0, 4).toString('latin1') === 'PAR1') return 'parquet';
  if (beginning.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004') return 'xlsx';
  const text = beginning
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (text.startsWith('[')) return 'json';
  return text.startsWith('{') ? 'ndjson' : 'csv';
}
