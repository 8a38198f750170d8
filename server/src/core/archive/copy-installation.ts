import { AppError, isAppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import { archiveKinds, type ArchiveKind, type ArchiveRecords, type KindSummary } from '../../models/archive.ts';
import type { Archive } from '../../ports/archive.ts';
import type { BlobStore } from '../../ports/blob-store.ts';
import { canonicalJson } from './canonical-json.ts';
import { contentsOf, readIntact } from './contents.ts';
import { copyBlobs, missingBlobs } from './copy-blobs.ts';
import { createKinship, type Kinship } from './kinship.ts';
import { startSummary, summarise, summariseKind, type ArchiveProgress } from './summarise.ts';

/** What is kept, and the model files that were uploaded; a backup is one, too. */
export interface Installation {
  archive: Archive;
  blobs: BlobStore;
}

export interface CopyOptions {
  source: Installation;
  /** Empty, or what an interrupted copy of the same source left. */
  target: Installation;
  signal: AbortSignal;
  onProgress?: (progress: CopyProgress) => void;
}

export type CopyProgress = ArchiveProgress | { step: 'model-files'; done: number; total: number };

export interface CopyResult {
  summaries: readonly KindSummary[];
  /** How many uploaded model files the source has; all are in the target. */
  modelFiles: number;
  /** Digests of model files that personas need and neither side has. */
  missingModelFiles: readonly string[];
}

interface Copying {
  source: Archive;
  target: Archive;
  signal: AbortSignal;
  onProgress(progress: CopyProgress): void;
  kinship: Kinship;
}

/**
 * Copies everything, then reads the target and compares it with what was read from the source. Interrupted at any point,
 * also by a crash, the same call goes on with it. A backup is checked against itself before anything is written.
 * Rejects with `conflict` when the target holds something else, or is not like the source in the end; with
 * `storage_failed` when the source is damaged.
 */
export async function copyInstallation({ source, target, signal, ...options }: CopyOptions): Promise<CopyResult> {
  const onProgress = options.onProgress ?? (() => undefined);
  const copying: Copying = {
    source: source.archive,
    target: target.archive,
    signal,
    onProgress,
    kinship: createKinship(),
  };
  await checkSource(copying);
  await beginCopy(copying);
  const modelFiles = await copyBlobs({ source: source.blobs, target: target.blobs, signal, onProgress });
  const summaries: KindSummary[] = [];
  for (const kind of archiveKinds) summaries.push(await copyKind(copying, kind));
  await verify(copying, summaries);
  await target.archive.endCopy(summaries);
  return { summaries, modelFiles, missingModelFiles: await missingBlobs(target) };
}

async function checkSource({ source, signal, onProgress }: Copying): Promise<void> {
  const found = await source.state();
  if (found.state === 'usable') return;
  if (found.state === 'copying') {
    throw new AppError('conflict', {
      detail: told`The source is itself a copy that was interrupted: complete it first.`,
    });
  }
  const summaries = await summarise(source, { step: 'checking', signal, onProgress });
  const altered = differing(summaries, found.summaries);
  if (altered === undefined) return;
  throw new AppError('storage_failed', {
    detail: told`The backup is not as it was made: its ${altered} differ. Nothing was written; use another backup.`,
  });
}

async function beginCopy({ source, target, signal, onProgress }: Copying): Promise<void> {
  // Made at random at the first start, and never changed.
  const { sha256: origin } = await summariseKind(source, 'secrets', { step: 'checking', signal, onProgress });
  const found = await target.state();
  if (found.state === 'copying' && found.origin !== origin) {
    throw new AppError('conflict', {
      detail: told`The target holds the interrupted copy of another installation: empty it, or choose another one.`,
    });
  }
  if (found.state !== 'copying' && (await isInUse(target))) {
    throw new AppError('conflict', { detail: told`The target holds data already: empty it, or choose another one.` });
  }
  await target.beginCopy(origin);
}

async function isInUse(target: Archive): Promise<boolean> {
  if ((await target.state()).state === 'sealed') return true;
  for (const kind of archiveKinds) if ((await target.count(kind)) > 0) return true;
  return false;
}

const recordsAtOnce = 200;
const charactersAtOnce = 4 * 2 ** 20;

/** Reads all records of the source, and writes those that are not there yet: the first ones are. */
async function copyKind(
  { source, target, signal, onProgress, kinship }: Copying,
  kind: ArchiveKind,
): Promise<KindSummary> {
  const summary = startSummary(kind);
  const total = await source.count(kind);
  const present = await target.count(kind);
  let done = 0;
  let batch: ArchiveRecords[ArchiveKind][] = [];
  let characters = 0;
  const writeBatch = async (): Promise<void> => {
    if (batch.length > 0) await target.write(kind, batch).catch((error: unknown) => explainClash(kind, error));
    batch = [];
    characters = 0;
  };
  for await (const record of source.read(kind)) {
    signal.throwIfAborted();
    if (!kinship.belongs(kind, record)) continue;
    const json = canonicalJson(record);
    summary.add(json);
    done += 1;
    if (done > present) {
      for (const ref of contentsOf(kind, record)) await target.writeContent(ref, await readIntact(source, ref));
      batch.push(record);
      characters += json.length;
      if (batch.length >= recordsAtOnce || characters >= charactersAtOnce) await writeBatch();
    }
    onProgress({ step: 'copying', kind, done, total });
  }
  await writeBatch();
  return summary.end();
}

async function verify({ target, signal, onProgress }: Copying, copied: readonly KindSummary[]): Promise<void> {
  const found = await summarise(target, { step: 'verifying', signal, onProgress });
  const kind = differing(found, copied);
  if (kind !== undefined) throw unlike(kind);
}

/** A record that is there already, or that refers to what is not, is not behind what an interrupted run wrote. */
function explainClash(kind: ArchiveKind, error: unknown): never {
  throw isAppError(error, 'already_exists') || isAppError(error, 'conflict') ? unlike(kind, error) : error;
}

function unlike(kind: ArchiveKind, cause?: unknown): AppError {
  return new AppError('conflict', {
    detail: told`The copy is not like its source: its ${kind} differ. Did the source change since an interrupted run? Empty the target and start again.`,
    cause,
  });
}

function differing(some: readonly KindSummary[], others: readonly KindSummary[]): ArchiveKind | undefined {
  return archiveKinds.find((kind) => {
    const [one, other] = [some, others].map((list) => list.find((summary) => summary.kind === kind));
    // A backup of before there was this kind says nothing of it, and holds nothing of it.
    if (one === undefined || other === undefined) return (one?.records ?? 0) !== (other?.records ?? 0);
    return one.records !== other.records || one.sha256 !== other.sha256;
  });
}
