import { setTimeout as wait } from 'node:timers/promises';
import { AppError, isAppError } from '../../errors/app-error.ts';
import { verbatim } from '../../errors/told.ts';
import type { ModelProfile } from '../../models/language-model.ts';
import type { ModelFiles } from '../../ports/model-files.ts';

/** One step on the way to a model that can be used. */
export interface ModelProgress {
  status: string;
  /** Of the file that is being brought, `sha256:<hex>`. */
  digest?: string;
  /** Bytes. */
  total?: number;
  completed?: number;
}

export interface BringOptions {
  files: Pick<ModelFiles, 'profile' | 'isInstalled' | 'download' | 'downloads'>;
  /** Leaving early stops the download too; what came is kept for the next time. */
  signal: AbortSignal;
}

const reportEveryMs = 200;

/** Downloads a model that is not there; says nothing when it is. */
export async function* bringMissing(name: string, options: BringOptions): AsyncGenerator<ModelProgress, ModelProfile> {
  const { files } = options;
  const isHere = await files.isInstalled(name).catch(asAbsent);
  return isHere ? files.profile(name) : yield* bringModel(name, options);
}

function asAbsent(error: unknown): false {
  if (isAppError(error, 'model_unknown')) return false;
  throw error;
}

/** Downloads a model, unless it is there, telling how far it is; gives what it is. Rejects as `ModelFiles` does. */
export async function* bringModel(
  name: string,
  { files, signal }: BringOptions,
): AsyncGenerator<ModelProgress, ModelProfile> {
  yield { status: 'pulling manifest' };
  const profile = await files.profile(name).catch(inNoRegistry);
  if (!(await files.isInstalled(name))) {
    const leaving = new AbortController();
    const brought = files.download(name, { signal: AbortSignal.any([signal, leaving.signal]) }).then(() => true);
    try {
      let isHere = false;
      while (!isHere) {
        isHere = await Promise.race([brought, wait(reportEveryMs, false)]);
        const progress = progressOf(files, { name, profile });
        if (progress !== undefined) yield progress;
      }
    } finally {
      brought.catch(() => undefined);
      leaving.abort();
    }
  }
  yield pulling(profile, { total: profile.bytes, completed: profile.bytes });
  yield { status: 'verifying sha256 digest' };
  return files.profile(name);
}

/** In the words that Ollama has for it. */
function inNoRegistry(error: unknown): never {
  if (!isAppError(error, 'model_unknown')) throw error;
  throw new AppError('model_unknown', { detail: verbatim('pull model manifest: file does not exist'), cause: error });
}

function progressOf(
  files: BringOptions['files'],
  { name, profile }: { name: string; profile: ModelProfile },
): ModelProgress | undefined {
  const names = [name.toLowerCase(), profile.name.toLowerCase()];
  const download = files
    .downloads()
    .find(({ model, state }) => state === 'running' && names.includes(model.toLowerCase()));
  return download && pulling(profile, { total: download.bytesTotal, completed: download.bytesDone });
}

/** Without a known hash there is no digest to tell. */
function pulling(
  { name, sha256 }: ModelProfile,
  { total, completed }: { total: number | null; completed: number | null },
): ModelProgress {
  return {
    status: `pulling ${sha256 === null ? name : sha256.slice(0, 12)}`,
    ...(sha256 === null ? {} : { digest: `sha256:${sha256}` }),
    ...(total === null ? {} : { total }),
    ...(completed === null ? {} : { completed }),
  };
}
