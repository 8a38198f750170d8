import { AppError, isAppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import { parseDigest } from '../../models/digest.ts';
import type { Persona } from '../../models/persona.ts';
import type { Engine } from '../../ports/engine.ts';
import type { ModelFiles } from '../../ports/model-files.ts';
import { comparableName } from '../auth/permitted-models.ts';
import type { ListedModel, ModelDirectory } from '../language-models/language-models.ts';
import { isModelName } from '../personas/persona-base.ts';
import type { Personas } from '../personas/personas.ts';
import type { AdaptersInForce } from '../training/adapters-in-force.ts';
import { createBackgroundDownloads } from './background-downloads.ts';
import type { ModelCare, ModelState } from './model-care.ts';

export interface ModelCarePorts {
  files: Pick<ModelFiles, 'profile' | 'isInstalled' | 'download' | 'downloads'>;
  models: ModelDirectory;
  personas: Pick<Personas, 'list'>;
  adapters: Pick<AdaptersInForce, 'over'>;
  engine: Pick<Engine, 'load' | 'status'>;
}

export function createModelCare({ files, models, personas, adapters, engine }: ModelCarePorts): ModelCare {
  const downloads = createBackgroundDownloads(files);

  /** Of the models that are listed, and of another one that is named. */
  async function states(named: readonly string[] = []): Promise<ModelState[]> {
    const [listed, own, { loaded }] = await Promise.all([models.list(), personas.list(), engine.status()]);
    const bases = own.flatMap(({ base }) => (base === null ? [] : [base]));
    const downloading = downloads.list().map(({ model }) => model);
    const known = [...listed, ...(await more([...bases, ...downloading, ...named], listed))];
    return known.map((model) => ({
      ...model,
      personas: namesOver(model, own),
      loaded: loaded.filter((one) => isSame(one.model, model)),
      download: downloads.list().find((one) => isSame(one.model, model)) ?? null,
    }));
  }

  /** What of these is a model and not among those listed. */
  async function more(names: readonly string[], listed: readonly ListedModel[]): Promise<ListedModel[]> {
    const found = new Map<string, ListedModel>();
    for (const name of names) {
      if (listed.some((model) => isSame(name, model)) || found.has(comparableName(name))) continue;
      const profile = await files.profile(name).catch(whileUnknown);
      if (profile === undefined) continue;
      found.set(comparableName(name), { profile, configured: false, installed: await files.isInstalled(name) });
    }
    return [...found.values()];
  }

  async function get(name: string): Promise<ModelState> {
    // Paths and blobs are known by what is made from them, or not at all.
    const isName = isModelName(name) && parseDigest(name) === undefined;
    const state = (await states(isName ? [name] : [])).find((model) => isSame(name, model));
    if (state !== undefined) return state;
    throw new AppError('model_unknown', {
      detail: told`There is no model of that name: GET /models lists those there are.`,
    });
  }

  return {
    list: () => states(),
    async download(name) {
      const state = await get(name);
      if (state.installed) return state;
      downloads.begin(state.profile.name);
      return get(name);
    },
    async cancel(name) {
      const { profile } = await get(name);
      if (await downloads.cancel(profile.name)) return get(name);
      throw new AppError('conflict', {
        detail: told`No download of this model was begun here; one that the settings ask for goes on until it is there.`,
      });
    },
    async load(name, { signal }) {
      const { profile } = await get(name);
      const adapter = await adapters.over(profile);
      await engine.load(profile.name, { adapter, keepAliveMs: null, signal });
      return get(name);
    },
    async unload(name, { signal }) {
      const { profile } = await get(name);
      await engine.load(profile.name, { keepAliveMs: 0, signal });
      return get(name);
    },
    [Symbol.asyncDispose]: () => downloads[Symbol.asyncDispose](),
  };
}

function namesOver(model: ListedModel, personas: readonly Persona[]): string[] {
  return personas.filter(({ base }) => base !== null && isSame(base, model)).map(({ name }) => name);
}

function isSame(name: string, { profile }: ListedModel): boolean {
  return comparableName(name) === comparableName(profile.name);
}

function whileUnknown(error: unknown): undefined {
  if (isAppError(error, 'model_unknown')) return undefined;
  throw error;
}
