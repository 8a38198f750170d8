import { isAppError } from '../../errors/app-error.ts';
import type { ModelProfile } from '../../models/language-model.ts';
import type { ModelFiles } from '../../ports/model-files.ts';
import type { TrainingVersionStore } from '../../ports/training-version-store.ts';

/** Which adapter answers over a model. */
export interface AdaptersInForce {
  /** The digest of its file; undefined: the model answers as it is. */
  over(model: ModelProfile): Promise<string | undefined>;
  /** Looks again at the next question: something changed here. */
  forget(): void;
}

export interface AdaptersInForcePorts {
  versions: Pick<TrainingVersionStore, 'inForce' | 'find'>;
  files: Pick<ModelFiles, 'describe'>;
  now: () => Date;
}

/** What another service changes is noticed within it. */
const freshForMs = 1_000;

/** Spares the database on every question. */
export function createAdaptersInForce({ versions, files, now }: AdaptersInForcePorts): AdaptersInForce {
  const known = new Map<string, { adapter: Promise<string | undefined>; freshUntil: number }>();

  async function find(model: ModelProfile): Promise<string | undefined> {
    const versionId = (await versions.inForce(model.name))?.versionId ?? null;
    const version = versionId === null ? undefined : await versions.find(versionId);
    if (version === undefined) return undefined;
    // The adapter of another file would make nonsense of this one.
    return (await sha256Of(model)) === version.baseSha256 ? version.adapter : undefined;
  }
  async function sha256Of({ name, sha256 }: ModelProfile): Promise<string | undefined> {
    return sha256 ?? (await files.describe(name).catch(whileAbsent))?.digest;
  }

  return {
    over(model) {
      const time = now().getTime();
      const fresh = known.get(model.name);
      if (fresh !== undefined && time < fresh.freshUntil) return fresh.adapter;
      const adapter = find(model);
      known.set(model.name, { adapter, freshUntil: time + freshForMs });
      adapter.catch(() => known.delete(model.name));
      return adapter;
    },
    forget: () => known.clear(),
  };
}

function whileAbsent(error: unknown): undefined {
  if (isAppError(error, 'model_unavailable') || isAppError(error, 'model_unknown')) return undefined;
  throw error;
}
