import { stat } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { AppError } from '../../../errors/app-error.ts';
import type { Engine } from '../../../ports/engine.ts';
import type { ModelProfile } from '../../../models/language-model.ts';
import { ChildKeeper } from './child-keeper.ts';
import type { CallMessage, CallReply, ChildOptions, EngineChild } from './child-process.ts';
import { streamCompletion } from './completion-stream.ts';
import { type Reply, request, type Resident, Residents } from './residents.ts';

export interface LlamaEngineOptions extends Partial<ChildOptions> {
  files: FilesOfModels;
  /** Calls per model that may wait for a place. */
  queue?: number;
  /** Most calls of one model that run at once. */
  maxSlots?: number;
  /** Memory for all models together, in bytes. */
  memoryBytes?: number;
  now?: () => number;
}

/** See `services/model-files`. */
export interface FilesOfModels {
  profile(name: string): Promise<ModelProfile>;
  findPath(name: string): Promise<string | undefined>;
}

export interface LlamaEngine extends Engine {
  /** Process id of the child, while there is one. */
  readonly childPid: number | undefined;
}

const memoryShare = 0.6;

/** Runs GGUF models by llama.cpp in a child process, which is started when first needed and again after its death. */
export function createLlamaEngine(options: LlamaEngineOptions): LlamaEngine {
  const { queue = 64, maxSlots = 16, now = () => performance.now(), files } = options;
  const { threads = null, gpu = false, silenceMs = 30_000, stallMs = 300_000 } = options;
  const { memoryBytes = (process.constrainedMemory() || totalmem()) * memoryShare } = options;
  const keeper = new ChildKeeper({ threads, gpu, silenceMs, stallMs });
  const residents = new Residents({
    child: () => keeper.child(),
    locate: (name) => locate(files, name),
    queue,
    maxSlots,
    memoryBytes,
    now,
  });

  return {
    traits: { kind: 'llama', tokenizes: true },
    get childPid() {
      return keeper.pid;
    },
    async *generate(generateRequest, { signal }) {
      signal.throwIfAborted();
      const askedAt = now();
      const resident = residents.use(generateRequest.model);
      const release = await resident.gate.enter(signal);
      const loadMs = Math.max(0, resident.loadedAt - askedAt);
      const waited = { loadMs, queueMs: now() - askedAt - loadMs };
      try {
        yield* streamCompletion({ child: childOf(resident), request: generateRequest, signal, release, waited });
      } catch (error) {
        // A child that died holds no places; one that lives says itself when the place is free.
        if (resident.loaded === undefined) release();
        throw error;
      }
    },
    async embed(model, texts, { signal }) {
      const message = { type: 'embed', model, texts } as const;
      return (await askAtPlace(residents.use(model), { message, expected: 'vectors', signal })).vectors;
    },
    async rerank({ model, query, texts }, { signal }) {
      const message = { type: 'rerank', model, query, texts } as const;
      return (await askAtPlace(residents.use(model), { message, expected: 'numbers', signal })).numbers;
    },
    async countTokens(model, texts) {
      const message = { type: 'count-tokens', model, texts } as const;
      return (await askAsVisitor(residents.use(model), { message, expected: 'numbers' })).numbers;
    },
    async tokenize(model, text) {
      const message = { type: 'tokenize', model, text } as const;
      return (await askAsVisitor(residents.use(model), { message, expected: 'numbers' })).numbers;
    },
    async detokenize(model, tokens) {
      const message = { type: 'detokenize', model, tokens } as const;
      return (await askAsVisitor(residents.use(model), { message, expected: 'text' })).text;
    },
    async load(model, { keepAliveMs }) {
      if (keepAliveMs === 0) return residents.release(model);
      const resident = residents.use(model);
      await resident.loading;
    },
    status() {
      const all = residents.all();
      const loaded = all.filter((resident) => resident.loaded !== undefined);
      return Promise.resolve({
        state: keeper.hasCrashed ? 'degraded' : 'ok',
        reason: keeper.hasCrashed ? 'The engine stopped; it starts anew with the next call.' : null,
        loaded: loaded.map(({ name, gate, loaded: held }) => ({
          model: name,
          adapter: null,
          slots: gate.capacity,
          busy: gate.busy,
          waiting: gate.waiting,
          bytes: held?.bytes ?? null,
          contextTokens: held?.contextTokens ?? null,
          expiresAt: null,
        })),
        waiting: all.reduce((sum, { gate }) => sum + gate.waiting, 0),
        queues: all.map(({ name, gate }) => ({
          model: name,
          adapter: null,
          slots: gate.capacity,
          busy: gate.busy,
          waiting: gate.line(),
        })),
      });
    },
    async [Symbol.asyncDispose]() {
      for (const { gate } of residents.all()) gate.refuse(new AppError('shutting_down'));
      await keeper.close();
    },
  };
}

/** A call with one reply that takes a place of the model while it computes. */
async function askAtPlace<Type extends CallReply['type']>(
  resident: Resident,
  call: { message: CallMessage; expected: Type; signal: AbortSignal },
): Promise<Reply<Type>> {
  const release = await resident.gate.enter(call.signal);
  try {
    return await request(childOf(resident), call);
  } finally {
    release();
  }
}

/** A call so short that it takes no place. */
async function askAsVisitor<Type extends CallReply['type']>(
  resident: Resident,
  call: { message: CallMessage; expected: Type },
): Promise<Reply<Type>> {
  resident.visitors++;
  try {
    await resident.loading;
    return await request(childOf(resident), call);
  } finally {
    resident.visitors--;
  }
}

/** The child that a place was given in; it may have died since. */
function childOf({ loaded }: Resident): EngineChild {
  if (loaded === undefined || loaded.child.hasEnded) {
    throw new AppError('engine_failed', { detail: 'Ask again: the engine starts anew.' });
  }
  return loaded.child;
}

async function locate(files: FilesOfModels, name: string) {
  const profile = await files.profile(name);
  const path = await files.findPath(name);
  if (path === undefined) {
    throw new AppError('model_unavailable', { detail: `The model ${name} is not on this machine yet.` });
  }
  return { profile, path, fileBytes: (await stat(path)).size };
}
