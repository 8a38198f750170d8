import { createHash } from 'node:crypto';
import type { CsvForm, TableFormat } from '../../src/models/table.ts';
import type { DataEngine, DataSession, TableSource } from '../../src/ports/data-engine.ts';
import { openDuckDbEngine } from '../../src/services/data-engine/duckdb-engine.ts';
import { temporaryFolder } from './temporary-folder.ts';

let opening: Promise<{ folder: Awaited<ReturnType<typeof temporaryFolder>>; engine: DataEngine }> | undefined;

/** One engine for all tests of a file, opened when the first one needs it; `afterAll(closeDataEngine)` closes it. */
export async function sharedDataEngine(): Promise<DataEngine> {
  opening ??= openEngine();
  return (await opening).engine;
}

export async function closeDataEngine(): Promise<void> {
  const opened = await opening;
  opening = undefined;
  await opened?.engine[Symbol.asyncDispose]();
  await opened?.folder[Symbol.asyncDispose]();
}

async function openEngine() {
  const folder = await temporaryFolder();
  // A busy machine may need longer for a small query than a stranger's may take.
  const options = { processes: 4, untrustedSeconds: 60 };
  return { folder, engine: await openDuckDbEngine({ folder: folder.file('engine'), ...options }) };
}

/** A session over rows as JSON has them; close it with `await using`. */
export function openRows(name: string, rows: readonly Readonly<Record<string, unknown>>[]): Promise<DataSession> {
  return openTables([tableOf(name, { format: 'json', content: JSON.stringify(rows) })]);
}

/** A session over a CSV file. */
export function openCsv(name: string, text: string, csv: CsvForm = {}): Promise<DataSession> {
  return openTables([tableOf(name, { format: 'csv', content: text, csv })]);
}

export async function openTables(tables: readonly TableSource[], deadlineMs = 60_000): Promise<DataSession> {
  const engine = await sharedDataEngine();
  return engine.open(tables, { signal: new AbortController().signal, deadlineMs });
}

export function tableOf(
  name: string,
  { format, content, csv = {} }: { format: TableFormat; content: string | Uint8Array; csv?: CsvForm },
): TableSource {
  const bytes = Buffer.from(content);
  return {
    name,
    format,
    csv,
    digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
    async *content() {
      yield bytes;
    },
  };
}
