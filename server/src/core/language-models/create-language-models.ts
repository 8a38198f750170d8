import { AppError, isAppError } from '../../errors/app-error.ts';
import { told, type Told } from '../../errors/told.ts';
import type { ModelProfile } from '../../models/language-model.ts';
import type { ModelFiles } from '../../ports/model-files.ts';
import type { LanguageModels, ListedModel, ModelDirectory } from './language-models.ts';

export interface LanguageModelsOptions {
  files: Pick<ModelFiles, 'profile' | 'isInstalled' | 'download' | 'list'>;
  /** The configured models; null for none. */
  names: { language: string; embedding: string | null; rerank: string | null };
  /** Never downloads. */
  offline: boolean;
  /** For so long the disk is not looked at again for a model: every question asks for them. */
  installedForMs?: number;
  /** Milliseconds. */
  now?: () => number;
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
  const { installedForMs = 0, now = () => performance.now() } = options;
  const configured = [...new Set([names.language, names.embedding, names.rerank])].filter((name) => name !== null);

  /** Callers use names of the catalogue or the settings; paths and references are for whoever runs the service. */
  async function requestedProfile(requested: string): Promise<ModelProfile> {
    const isConfigured = configured.includes(requested);
    const profile = isConfigured || !isLocation(requested) ? await files.profile(requested) : undefined;
    if (profile?.kind === 'language') return profile;
    throw unknownModel();
  }

  async function look(name: string): Promise<ModelProfile | undefined> {
    return (await files.isInstalled(name)) ? files.profile(name) : undefined;
  }

  const looked = new Map<string, { at: number; found: Promise<ModelProfile | undefined> }>();
  /** What a name could be beside a name is not told to callers, who may not use it. */
  async function profileOf(name: string, { trusted }: { trusted: boolean }): Promise<ModelProfile> {
    try {
      return await files.profile(name);
    } catch (error) {
      throw !trusted && isAppError(error, 'model_unknown') ? unknownModel() : error;
    }
  }

  async function named(name: string, { kind, trusted }: Parameters<LanguageModels['named']>[1]): Promise<ModelProfile> {
    if (!trusted && isLocation(name) && !configured.includes(name)) throw unknownModel();
    const profile = await profileOf(name, { trusted });
    if (kind !== 'any' && profile.kind !== kind)
      throw new AppError('model_incapable', { ...incapable[kind], detail: ofOtherKind(profile) });
    if (await files.isInstalled(name)) return profile;
    throw notHere(profile.name);
  }

  async function installed(name: string | null): Promise<ModelProfile | undefined> {
    if (name === null) return undefined;
    const last = looked.get(name);
    if (last !== undefined && now() - last.at < installedForMs) return last.found;
    const found = look(name);
    looked.set(name, { at: now(), found });
    return found;
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
        throw notHere(profile.name);
      }
      const profile = (await installed(names.language)) ?? (await installed(bundledModel));
      if (profile !== undefined) return profile;
      throw new AppError('model_unavailable', {
        detail: told`No model that answers is on this machine yet: GET /health/ready tells how far its download is.`,
      });
    },
    named,
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

const incapable = {
  language: { capability: 'completion' },
  embedding: { capability: 'embedding' },
  reranker: { capability: 'rerank' },
} as const;

function ofOtherKind({ name, kind }: ModelProfile): Told {
  switch (kind) {
    case 'language':
      return told`The model ${name} writes texts only.`;
    case 'embedding':
      return told`The model ${name} embeds texts only.`;
    case 'reranker':
      return told`The model ${name} ranks texts only.`;
    default:
      return kind satisfies never;
  }
}

function unknownModel(): AppError {
  return new AppError('model_unknown', {
    detail: told`No model that answers has that name: GET /v1/models lists those there are.`,
  });
}

function notHere(name: string): AppError {
  return new AppError('model_unavailable', {
    detail: told`The model ${name} is not on this machine yet: pull it, or wait for its download.`,
  });
}

function isLocation(name: string): boolean {
  return name.startsWith('hf:') || name.startsWith('sha256:') || name.toLowerCase().endsWith('.gguf');
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
