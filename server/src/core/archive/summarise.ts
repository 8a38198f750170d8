import { createHash } from 'node:crypto';
import { archiveKinds, type ArchiveKind, type KindSummary } from '../../models/archive.ts';
import type { Archive } from '../../ports/archive.ts';
import { canonicalJson } from './canonical-json.ts';
import { contentsOf, readIntact } from './contents.ts';

/** How far the work on the records of a kind is. */
export interface ArchiveProgress {
  step: 'checking' | 'copying' | 'verifying';
  kind: ArchiveKind;
  /** Records of this kind. */
  done: number;
  total: number;
}

export interface SummariseOptions {
  signal: AbortSignal;
  step: ArchiveProgress['step'];
  onProgress(progress: ArchiveProgress): void;
}

/** Counts the records of a kind, and hashes them in their order. */
export interface SummaryWriter {
  add(json: string): void;
  end(): KindSummary;
}

export function startSummary(kind: ArchiveKind): SummaryWriter {
  const hash = createHash('sha256');
  let records = 0;
  return {
    add(json) {
      hash.update(`${json}\n`);
      records += 1;
    },
    end: () => ({ kind, records, sha256: hash.digest('hex') }),
  };
}

/** Reads all that there is. The contents of documents are read too, and compared with their hashes in the records. */
export async function summarise(archive: Archive, options: SummariseOptions): Promise<KindSummary[]> {
  const summaries: KindSummary[] = [];
  for (const kind of archiveKinds) summaries.push(await summariseKind(archive, kind, options));
  return summaries;
}

export async function summariseKind(
  archive: Archive,
  kind: ArchiveKind,
  { signal, step, onProgress }: SummariseOptions,
): Promise<KindSummary> {
  const summary = startSummary(kind);
  const total = await archive.count(kind);
  let done = 0;
  for await (const record of archive.read(kind)) {
    signal.throwIfAborted();
    for (const ref of contentsOf(kind, record)) await readIntact(archive, ref);
    summary.add(canonicalJson(record));
    done += 1;
    onProgress({ step, kind, done, total });
  }
  return summary.end();
}
