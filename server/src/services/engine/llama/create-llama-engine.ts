import { stat } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { AppError } from '../../../errors/app-error.ts';
import type { Engine, GeneratePart, GenerateRequest } from '../../../ports/engine.ts';
import type { ModelFiles } from '../../../ports/model-files.ts';
import {
  type CallMessage,
  type CallReply,
  type ChildOptions,
  type EngineChild,
  startEngineChild,
} from './child-process.ts';
import { streamCompletion } from './completion-stream.ts';
import { type Reply, request, Residents } from './residents.ts';

export interface LlamaEngineOptions extends Partial<ChildOptions> {
  files: Pick<ModelFiles, 'profile' | 'findPath'>;
  /** Calls per model that may wait for a place. */
  queue?: number;
  /** Most calls of one model that run at once. */
  maxSlots?: number;
  /** Memory for all models together, in bytes. */
  memoryBytes?: number;
  now?: () => number;
}

export interface LlamaEngine extends Engine {
  /** Process id of the child, while there is one. */
  readonly childPid: number | undefined;
}

const memoryShare = 0.6;

/** Runs GGUF models by llama.cpp in a child process, which is started when first needed and again after its death. */
export function createLlamaEngine(options: LlamaEngineOptions): LlamaEngine {
  const { files, queue = 64, maxSlots = 16, now = () => performance.now() } = options;
  const { threads = null, gpu = false, silenceMs = 30_000, stallMs = 300_000 } = options;
  let child: Promise<EngineChild> | undefined;
  let running: EngineChild | undefined;
  let isClosed = false;

  function startedChild(): Promise<EngineChild> {
    if (isClosed) return Promise.reject(new AppError('shutting_down'));
    child ??= startEngineChild({ threads, gpu, silenceMs, stallMs }).then((started) => {
      running = started;
      started.onEnd(forgetChild);
      if (isClosed) started.close();
      return started;
    });
    child.catch(forgetChild);
    return child;
  }

  function forgetChild(): void {
    child = undefined;
    running = undefined;
  }

  const residents = new Residents({
    child: startedChild,
    locate: (name) => locate(files, name),
    queue,
    maxSlots,
    memoryBytes: options.memoryBytes ?? (process.constrainedMemory() || totalmem()) * memoryShare,
    now,
  });

  /** A call with one reply, at a place of the model when it computes. */
  async function ask<Type extends CallReply['type']>(
    message: CallMessage & { model: string },
    { expected, signal }: { expected: Type; signal: AbortSignal },
  ): Promise<Reply<Type>> {
    const resident = residents.use(message.model);
    const release = await resident.gate.enter(signal);
    try {
      return await request(loadedChild(resident.loaded), { message, expected, signal });
    } finally {
      release();
    }
  }

  return {
    traits: { kind: 'llama' },
    get childPid() {
      return running?.pid;
    },
    async *generate(generateRequest: GenerateRequest, { signal }): AsyncGenerator<GeneratePart> {
      const askedAt = now();
      signal.throwIfAborted();
      const resident = residents.use(generateRequest.model);
      const release = await resident.gate.enter(signal);
      const loadMs = Math.max(0, resident.loadedAt - askedAt);
      const waited = { loadMs, queueMs: now() - askedAt - loadMs };
      yield* streamCompletion({
        child: loadedChild(resident.loaded),
        request: generateRequest,
        signal,
        release,
        waited,
      });
    },
    async embed(model, texts, { signal }) {
      return (await ask({ type: 'embed', model, texts }, { expected: 'vectors', signal })).vectors;
    },
    async rerank({ model, query, texts }, { signal }) {
      return (await ask({ type: 'rerank', model, query, texts }, { expected: 'numbers', signal })).numbers;
    },
    async countTokens(model, texts) {
      const resident = residents.use(model);
      resident.visitors++;
      try {
        await resident.loading;
        const message = { type: 'count-tokens', model, texts } as const;
        return (await request(loadedChild(resident.loaded), { message, expected: 'numbers' })).numbers;
      } finally {
        resident.visitors--;
      }
    },
    status() {
      const all = residents.all();
      const loaded = all.filter((resident) => resident.loaded !== undefined);
      return Promise.resolve({
        state: 'ok',
        reason: null,
        loaded: loaded.map(({ name, gate }) => ({ model: name, slots: gate.capacity, busy: gate.busy })),
        waiting: all.reduce((sum, { gate }) => sum + gate.waiting, 0),
      });
    },
    async [Symbol.asyncDispose]() {
      isClosed = true;
      for (const { gate } of residents.all()) gate.refuse(new AppError('shutting_down'));
      const started = await child?.catch(() => undefined);
      started?.close();
    },
  };
}

/** The child that a place was given in; it may have died since. */
function loadedChild(loaded: { child: EngineChild } | undefined): EngineChild {
  if (loaded === undefined || loaded.child.hasEnded) {
    throw new AppError('engine_failed', { detail: 'Ask again: the engine is started anew.' });
  }
  return loaded.child;
}

async function locate(files: LlamaEngineOptions['files'], name: string) {
  const profile = await files.profile(name);
  const path = await files.findPath(name);
  if (path === undefined) {
    throw new AppError('model_unavailable', { detail: `The model ${name} is not on this machine yet.` });
  }
  return { profile, path, fileBytes: (await stat(path)).size };
}
