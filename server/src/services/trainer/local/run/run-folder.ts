import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../../errors/app-error.ts';
import { told } from '../../../../errors/told.ts';

const safeId = /^[A-Za-z0-9_-]{1,128}$/;

/** The folder of what a run leaves. Throws `invalid_request` for an id that could name another place. */
export function runFolder(folder: string, runId: string): string {
  if (!safeId.test(runId))
    throw new AppError('invalid_request', { detail: told`This cannot be the id of a training run.` });
  return join(folder, runId);
}

/** Ids of runs that have a folder, and whatever else has one: nothing but a discard makes it less. */
export async function keptRuns(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory() && safeId.test(entry.name)).map(({ name }) => name);
}
