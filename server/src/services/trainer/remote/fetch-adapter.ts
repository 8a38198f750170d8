import { rename, rm, stat } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { AppError } from '../../../errors/app-error.ts';
import { told, type Told } from '../../../errors/told.ts';
import type { TrainingRun } from '../../../ports/trainer.ts';
import { writeDurably } from '../../../process/durable-file.ts';
import { MalformedGguf } from '../../model-files/gguf-cursor.ts';
import { isDiskFull } from '../../../process/disk-full.ts';
import { diskFull } from '../../model-files/free-space.ts';
import { readGgufMetadata } from '../../model-files/gguf-metadata.ts';
import { sha256Of } from '../../model-files/sha256-of.ts';
import { checkAdapter, matricesOf, mostAdapterBytes } from './check-adapter.ts';
import type { TrainerFile, TrainerJob } from './replies.ts';
import type { TrainerApi } from './trainer-api.ts';

export interface FetchedAdapter {
  adapterPath: string;
  sha256: string;
  bytes: number;
}

/**
 * Brings the adapter of a job that has succeeded to its path, where it is only when everything about it is right: it has
 * the hash that was told and fits the base. Rejects with `training_failed` when it is not, with `disk_full`, or as
 * requests do.
 */
export async function fetchAdapter(
  job: TrainerJob,
  { api, run, path, signal }: { api: TrainerApi; run: TrainingRun; path: string; signal: AbortSignal },
): Promise<FetchedAdapter> {
  const base = await readGgufMetadata(run.base.path);
  const { rank } = run.hyperparameters;
  const mostBytes = mostAdapterBytes(matricesOf(base), rank);
  const { id, bytes, sha256 } = await adapterOf(job, { api, signal });
  if (bytes > mostBytes) throw unfit(told`it is too large`);
  if (!(await isThere(path, { bytes, sha256 }))) {
    const arriving = `${path}.arriving`;
    try {
      await keep(arriving, { content: api.download(id, { mostBytes: bytes, signal }), sha256 });
      await checkAdapter(arriving, { base, rank });
      await rename(arriving, path);
    } catch (error) {
      await rm(arriving, { force: true });
      throw error instanceof MalformedGguf ? unfit(error.reason) : error;
    }
  }
  return { adapterPath: path, sha256, bytes };
}

async function adapterOf(
  job: TrainerJob,
  { api, signal }: { api: TrainerApi; signal: AbortSignal },
): Promise<TrainerFile & { sha256: string }> {
  for (const id of job.result_files ?? []) {
    const file = await api.findFile(id, { signal });
    // Servers may put tables of the training beside it.
    if (file?.filename.endsWith('.gguf') !== true) continue;
    if (file.sha256 === undefined) throw unfit(told`its hash is not told`);
    return { ...file, sha256: file.sha256 };
  }
  throw new AppError('training_failed', { detail: told`The trainer has no adapter in GGUF format for the job.` });
}

async function isThere(path: string, { bytes, sha256 }: { bytes: number; sha256: string }): Promise<boolean> {
  const file = await stat(path).catch(() => undefined);
  return file?.size === bytes && (await sha256Of(path)) === sha256;
}

async function keep(
  path: string,
  { content, sha256 }: { content: AsyncIterable<Uint8Array>; sha256: string },
): Promise<void> {
  const hash = createHash('sha256');
  const hashed = async function* (): AsyncGenerator<Uint8Array> {
    for await (const piece of content) {
      hash.update(piece);
      yield piece;
    }
  };
  await writeDurably(path, hashed()).catch((error: unknown) => {
    throw isDiskFull(error) ? diskFull(error) : error;
  });
  if (hash.digest('hex') !== sha256) throw unfit(told`it does not have the hash that was told`);
}

function unfit(reason: Told): AppError {
  const detail = told`The adapter that the trainer sent was thrown away: ${reason}.`;
  return new AppError('training_failed', { detail });
}
