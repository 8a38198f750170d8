import { resolve } from 'node:path';
import { loadConfig } from '../config/load-config.ts';
import { copyInstallation, type CopyProgress, type CopyResult } from '../core/archive/copy-installation.ts';
import { AppError } from '../errors/app-error.ts';
import { told } from '../errors/told.ts';
import { createClosingList, type ClosingList } from '../process/closing-list.ts';
import { openBackup, openInstallation, type Place } from './open-installation.ts';

export type { CopyProgress, CopyResult };

export interface MoveOptions {
  /** Settings by name; the environment of the process by default. */
  environment?: Readonly<Record<string, string | undefined>>;
  /** Folder of the `.env` file; the working directory by default. */
  folder?: string;
  signal: AbortSignal;
  onProgress(progress: CopyProgress): void;
}

/** Copies the installation that the settings name into an empty folder; rejects as `copyInstallation` does. */
export function backUp(backup: string, options: MoveOptions): Promise<CopyResult> {
  return withClosing(async (closing) => {
    const source = await openInstallation(placeOf(options), { closing, mustExist: true });
    return copyInstallation({ ...options, source, target: await openBackup(backup, { mustExist: false }) });
  });
}

/** Brings a backup back into the installation that the settings name, which must be empty. */
export function restore(backup: string, options: MoveOptions): Promise<CopyResult> {
  return withClosing(async (closing) => {
    const source = await openBackup(backup, { mustExist: true });
    const target = await openInstallation(placeOf(options), { closing, mustExist: false });
    return copyInstallation({ ...options, source, target });
  });
}

/**
 * Copies an installation from one place into another, empty one. A place is a folder of data, the address of a MongoDB,
 * or the word `MONGO_URL` for the address in the settings.
 */
export function migrate({ from, to }: { from: string; to: string }, options: MoveOptions): Promise<CopyResult> {
  return withClosing(async (closing) => {
    const [source, target] = [parsePlace(from, options), parsePlace(to, options)];
    if (isSame(source, target)) {
      throw new AppError('invalid_request', { detail: told`The source and the target are the same.` });
    }
    return copyInstallation({
      ...options,
      source: await openInstallation(source, { closing, mustExist: true }),
      target: await openInstallation(target, { closing, mustExist: false }),
    });
  });
}

function placeOf(options: MoveOptions): Place {
  const { DATA_DIR, MONGO_URL } = loadConfig(options);
  return { folder: DATA_DIR, mongoUrl: MONGO_URL };
}

function parsePlace(text: string, options: MoveOptions): Place {
  const { folder, mongoUrl } = placeOf(options);
  if (text === 'MONGO_URL' && mongoUrl === null) {
    throw new AppError('invalid_request', { detail: told`The settings have no MONGO_URL.` });
  }
  if (text === 'MONGO_URL') return { folder, mongoUrl };
  return /^mongodb(?:\+srv)?:/.test(text) ? { folder, mongoUrl: text } : { folder: text, mongoUrl: null };
}

function isSame(one: Place, other: Place): boolean {
  if (one.mongoUrl !== null || other.mongoUrl !== null) return one.mongoUrl === other.mongoUrl;
  return resolve(one.folder) === resolve(other.folder);
}

async function withClosing<T>(work: (closing: ClosingList) => Promise<T>): Promise<T> {
  await using closing = createClosingList();
  return await work(closing);
}
