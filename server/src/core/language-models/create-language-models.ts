import { AppError, isAppError } from '../../errors/app-error.ts';
import type { ModelProfile } from '../../models/language-model.ts';
import type { ModelFiles } from '../../ports/model-files.ts';
import type { LanguageModels, ListedModel, ModelDirectory } from './language-models.ts';

export interface LanguageModelsOptions {
  files: ModelFiles;
  /** The configured models; null for none. */
  names: { language: string; embedding: string | null; rerank: string | null };
  /** Never downloads. */
  offline: boolean;
  /** Told when a download fails, before it is tried again. */
  downloadFailed?: (model: string, error: unknown) => void;
  /** Waits between tries; rejects when the signal aborts. */
  wait?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** The model that comes with the installation and answers while no other is there. */
const bundledModel = 'nano';
const firstRetryMs = 5000;
const longestRetryMs = 600_000;

export function createLanguageModels(options: LanguageModelsOptions): LanguageModels & ModelDirectory {
  const { files, names, offline, downloadFailed = () => undefined, wait = sleep } = options;
  const configured = [...new Set([names.language, names.embedding, names.rerank])].filter((name) => name !== null);

  /** Callers use names of the catalogue or the settings; paths and references are for whoever runs the service. */
  async function requestedProfile(requested: string): Promise<ModelProfile> {
    const isConfigured = configured.includes(requested);
    const profile = isConfigured || !isLocation(requested) ? await files.profile(requested) : undefined;
    if (profile?.kind === 'language') return profile;
    throw new AppError('model_unknown', { detail: 'No model that answers has that name.' });
  }

  async function installed(name: string | null): Promise<ModelProfile | undefined> {
    if (name === null || !(await files.isInstalled(name))) return undefined;
    return files.profile(name);
  }

  async function bring(name: string, signal: AbortSignal): Promise<void> {
    for (let attempt = 0; !signal.aborted; attempt++) {
      try {
        await files.download(name, { signal });
        return;
      } catch (error) {
        if (signal.aborted) return;
        downloadFailed(name, error);
        if (isAppError(error, 'model_unknown') || isAppError(error, 'model_unavailable')) return;
        const longest = Math.min(longestRetryMs, firstRetryMs * 2 ** attempt);
        // Full jitter: many installations must not come back at the same moment.
        await wait(Math.random() * longest, signal).catch(() => undefined);
      }
    }
  }

  return {
    async forAnswers(requested) {
      if (requested !== undefined) {
        const profile = await requestedProfile(requested);
        if (await files.isInstalled(requested)) return profile;
        throw new AppError('model_unavailable', { detail: `The model ${profile.name} is not on this machine yet.` });
      }
      const profile = (await installed(names.language)) ?? (await installed(bundledModel));
      if (profile !== undefined) return profile;
      throw new AppError('model_unavailable', { detail: 'No model that answers is on this machine yet.' });
    },
    forEmbedding: () => installed(names.embedding),
    forReranking: () => installed(names.rerank),
    async downloadMissing(signal) {
      if (offline) return;
      for (const name of configured) await bring(name, signal);
    },
    async list() {
      const catalogued = await files.list();
      const listed: ListedModel[] = [];
      for (const name of configured) {
        const profile = await files.profile(name);
        listed.push({ profile, configured: true, installed: await files.isInstalled(name) });
      }
      const rest = catalogued.filter(({ profile }) => !listed.some((one) => one.profile.name === profile.name));
      return [...listed, ...rest.map((entry) => ({ ...entry, configured: false }))];
    },
  };
}

function isLocation(name: string): boolean {
  return name.startsWith('hf:') || name.toLowerCase().endsWith('.gguf');
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', leave);
      resolve();
    }, milliseconds);
    timer.unref();
    signal.addEventListener('abort', leave, { once: true });
  });
}
