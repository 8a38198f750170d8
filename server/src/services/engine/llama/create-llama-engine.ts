import { stat } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { AppError } from '../../../errors/app-error.ts';
import { told } from '../../../errors/told.ts';
import type { CallOptions, Engine } from '../../../ports/engine.ts';
import type { Likelihood } from '../../../ports/likelihood.ts';
import type { ModelProfile } from '../../../models/language-model.ts';
import { ChildKeeper } from './child-keeper.ts';
import type { CallMessage, CallReply, ChildOptions, EngineChild } from './child-process.ts';
import { streamCompletion } from './completion-stream.ts';
import { type Clock, systemClock } from '../clock.ts';
import { type Reply, request } from './child-call.ts';
import { engineStatus } from './engine-status.ts';
import type { Resident } from './resident.ts';
import { type ModelLocation, type Place, Residents } from './residents.ts';
import { createRowLikelihood } from './row-likelihood.ts';

export interface LlamaEngineOptions extends Partial<ChildOptions> {
  files: FilesOfModels;
  /** Calls per model that may wait for a place. */
  queue?: number;
  /** Most calls of one model that run at once. */
  maxSlots?: number;
  /** Memory for all models together, in bytes. */
  memoryBytes?: number;
  /** Models that are always wanted: time does not unload them. */
  isPermanent?: (model: string) => boolean;
  clock?: Clock;
}

/** See `services/model-files`. */
export interface FilesOfModels {
  profile(name: string): Promise<ModelProfile>;
  findPath(name: string): Promise<string | undefined>;
}

export interface LlamaEngine extends Engine {
  /** Process id of the child, while there is one. */
  readonly childPid: number | undefined;
  /** Over the models of this engine, in the contexts that answer. */
  readonly likelihood: Likelihood;
}

const memoryShare = 0.6;
const prefixShare = 0.05;
const mostPrefixBytes = 4 * 2 ** 30;

/** Runs GGUF models by llama.cpp in a child process, which is started when first needed and again after its death. */
export function createLlamaEngine(given: LlamaEngineOptions): LlamaEngine {
  const { queue = 64, maxSlots = 16, clock = systemClock, files } = given;
  const { threads = null, gpu = false, silenceMs = 30_000, stallMs = 300_000 } = given;
  const allBytes = process.constrainedMemory() || totalmem();
  const { memoryBytes = allBytes * memoryShare } = given;
  const { prefixBytes = Math.min(allBytes * prefixShare, mostPrefixBytes) } = given;
  const keeper = new ChildKeeper({ threads, gpu, prefixBytes, silenceMs, stallMs });
  const residents = new Residents({
    child: () => keeper.child(),
    locate: (model, adapter) => locate(files, model, adapter),
    isPermanent: given.isPermanent ?? (() => false),
    queue,
    maxSlots,
    memoryBytes,
    clock,
  });

  /** A call with one reply that takes a place of the model while it computes. */
  async function askAtPlace<Type extends CallReply['type']>(
    { message, expected }: { message: ModelMessage; expected: Type },
    options: CallOptions,
  ): Promise<Reply<Type>> {
    const { resident, release } = await residents.enter(message, options);
    try {
      return await request(childOf(resident), { message: { ...message, model: resident.name }, expected, ...options });
    } finally {
      release();
    }
  }

  /** A call so short that it takes no place. */
  function ask<Type extends CallReply['type']>(message: ModelMessage, expected: Type): Promise<Reply<Type>> {
    return residents.visitAny(message.model, (resident) =>
      request(childOf(resident), { message: { ...message, model: resident.name }, expected }),
    );
  }

  return {
    // node-llama-cpp has no sampler for it.
    traits: { kind: 'llama', tokenizes: true, ignores: ['typicalP'] },
    get childPid() {
      return keeper.pid;
    },
    likelihood: createRowLikelihood({ residents, childOf, childAt }),
    async *generate(generateRequest, options) {
      options.signal.throwIfAborted();
      const askedAt = clock.now();
      const place = await residents.enter(generateRequest, options);
      const { resident } = place;
      const loadMs = Math.max(0, resident.loadedAt - askedAt);
      yield* streamCompletion({
        child: childAt(place),
        request: { ...generateRequest, model: resident.name },
        signal: options.signal,
        release: place.release,
        waited: { loadMs, queueMs: clock.now() - askedAt - loadMs },
      });
    },
    async embed(model, texts, options) {
      return (await askAtPlace({ message: { type: 'embed', model, texts }, expected: 'vectors' }, options)).vectors;
    },
    async rerank({ model, query, texts }, options) {
      const message = { type: 'rerank', model, query, texts } as const;
      return (await askAtPlace({ message, expected: 'numbers' }, options)).numbers;
    },
    async countTokens(model, texts) {
      return (await ask({ type: 'count-tokens', model, texts }, 'numbers')).numbers;
    },
    async tokenize(model, text) {
      return (await ask({ type: 'tokenize', model, text }, 'numbers')).numbers;
    },
    async detokenize(model, tokens) {
      return (await ask({ type: 'detokenize', model, tokens }, 'text')).text;
    },
    async load(model, { adapter, keepAliveMs }) {
      if (keepAliveMs === 0) residents.release({ model, adapter });
      else await residents.visit({ model, adapter, keepAliveMs }, () => Promise.resolve());
    },
    status: async () => engineStatus(residents.all(), keeper.hasCrashed),
    async [Symbol.asyncDispose]() {
      residents.close(new AppError('shutting_down'));
      await keeper.close();
    },
  };
}

type ModelMessage = Extract<CallMessage, { texts: unknown } | { text: unknown } | { tokens: unknown }>;

/** The child that a place was given in, or the place goes back. */
function childAt({ resident, release }: Place): EngineChild {
  try {
    return childOf(resident);
  } catch (error) {
    release();
    throw error;
  }
}

/** The child that holds the model; it may have died since the call was let in. */
function childOf({ loaded }: Resident): EngineChild {
  if (loaded === undefined || loaded.child.hasEnded) {
    throw new AppError('engine_failed', { detail: told`Ask again: the engine starts anew.` });
  }
  return loaded.child;
}

async function locate(files: FilesOfModels, model: string, adapter: string | null): Promise<ModelLocation> {
  const { kind, contextTokens } = await files.profile(model);
  const path = await files.findPath(model);
  if (path === undefined) {
    throw new AppError('model_unavailable', { detail: told`The model ${model} is not on this machine yet.` });
  }
  if (adapter === null) return { path, kind, contextTokens, adapterBytes: 0 };
  const adapterPath = adapter.startsWith('sha256:') ? await files.findPath(adapter) : undefined;
  if (adapterPath === undefined) {
    throw new AppError('model_unavailable', {
      detail: told`The adapter of this model is not on this machine any more.`,
    });
  }
  return { path, kind, contextTokens, adapterPath, adapterBytes: (await stat(adapterPath)).size };
}
