import { AppError } from '../../../../errors/app-error.ts';
import { told } from '../../../../errors/told.ts';
import type { Engine, EngineStatus } from '../../../../ports/engine.ts';
import type { Likelihood } from '../../../../ports/likelihood.ts';
import type { ModelFiles } from '../../../../ports/model-files.ts';
import type { Fleet } from './fleet.ts';

/**
 * Where each model runs: on the engines when one of them has it, or is to have it, and here when it is one that only this
 * machine has. Models that answer are never downloaded here; those that embed and rank are when no engine can bring them.
 */
export interface Division {
  isLocal(name: string): Promise<boolean>;
}

export interface Sides<Part> {
  remote: Part;
  local: Part;
}

export function divideModels(fleet: Fleet, { local }: Pick<Sides<ModelFiles>, 'local'>): Division {
  return {
    async isLocal(name) {
      if (fleet.sites(name).length > 0) return false;
      await fleet.looked;
      if (fleet.sites(name).length > 0) return false;
      const profile = await local.profile(name).catch(() => undefined);
      if (profile === undefined) return false;
      if (await local.isInstalled(name)) return true;
      const canBeBrought = fleet.members.some(({ server, trouble }) => server?.pulls === true || trouble !== null);
      return profile.kind !== 'language' && !canBeBrought;
    },
  };
}

/** One engine of the remote ones and the local one. */
export function createDividedEngine({ remote, local }: Sides<Engine>, { isLocal }: Division): Engine {
  async function sideOf(model: string): Promise<Engine> {
    return (await isLocal(model)) ? local : remote;
  }

  return {
    traits: {
      kind: 'remote',
      get tokenizes() {
        return remote.traits.tokenizes;
      },
      get ignores() {
        return remote.traits.ignores;
      },
    },
    async *generate(request, options) {
      options.signal.throwIfAborted();
      yield* (await sideOf(request.model)).generate(request, options);
    },
    embed: async (model, texts, options) => (await sideOf(model)).embed(model, texts, options),
    rerank: async (request, options) => (await sideOf(request.model)).rerank(request, options),
    countTokens: async (model, texts) => (await sideOf(model)).countTokens(model, texts),
    tokenize: async (model, text) => (await sideOf(model)).tokenize(model, text),
    detokenize: async (model, tokens) => (await sideOf(model)).detokenize(model, tokens),
    load: async (model, options) => (await sideOf(model)).load(model, options),
    status: async () => together(await remote.status(), await local.status()),
    async [Symbol.asyncDispose]() {
      await Promise.all([remote[Symbol.asyncDispose](), local[Symbol.asyncDispose]()]);
    },
  };
}

function together(remote: EngineStatus, local: EngineStatus): EngineStatus {
  const worse = remote.state === 'degraded' ? remote : local;
  return {
    state: worse.state,
    reason: worse.reason,
    loaded: [...remote.loaded, ...local.loaded],
    waiting: remote.waiting + local.waiting,
    queues: [...remote.queues, ...local.queues],
  };
}

/** Of the models of this machine only: no engine elsewhere can be asked. */
export function createDividedLikelihood(local: Likelihood, { isLocal }: Division): Likelihood {
  async function assertLocal(model: string): Promise<void> {
    if (await isLocal(model)) return;
    const detail = told`The model ${model} runs elsewhere, where answers cannot be weighed: use a model of this machine.`;
    throw new AppError('model_incapable', { detail });
  }

  return {
    async rows(model, examples, options) {
      await assertLocal(model);
      return local.rows(model, examples, options);
    },
    async score(request, options) {
      await assertLocal(request.model);
      return local.score(request, options);
    },
  };
}

/** The models of the engines and of this machine, under their names. */
export function createDividedModelFiles({ remote, local }: Sides<ModelFiles>, { isLocal }: Division): ModelFiles {
  async function sideOf(name: string): Promise<ModelFiles> {
    return (await isLocal(name)) ? local : remote;
  }

  return {
    profile: async (name) => (await sideOf(name)).profile(name),
    isInstalled: async (name) => (await sideOf(name)).isInstalled(name),
    download: async (name, options) => (await sideOf(name)).download(name, options),
    describe: async (name, options) => (await sideOf(name)).describe(name, options),
    remove: async (name) => (await sideOf(name)).remove(name),
    downloads: () => [...remote.downloads(), ...local.downloads()],
    async list() {
      const [there, here] = await Promise.all([remote.list(), local.list()]);
      const isThere = new Set(there.map(({ profile }) => profile.name));
      return [...there, ...here.filter(({ profile, installed }) => installed && !isThere.has(profile.name))];
    },
  };
}
