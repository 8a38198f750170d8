import { AppError } from '../../../errors/app-error.ts';
import { told } from '../../../errors/told.ts';
import type { CallOptions, Engine } from '../../../ports/engine.ts';
import { embedWindows } from './wire/embed-windows.ts';
import type { Fleet } from './fleet/fleet.ts';
import { fleetStatus } from './fleet/fleet-status.ts';
import { rerankWindows } from './wire/rerank-windows.ts';
import { type CallTimes, createSiteCalls } from './fleet/site-calls.ts';

export interface RemoteEngineOptions {
  fleet: Fleet;
  /** What is known of models that no engine has: rejects with `model_unknown` for a name that stands for nothing. */
  profile(name: string): Promise<unknown>;
  times?: Partial<CallTimes>;
  /** Milliseconds. */
  now?: () => number;
}

const usualTimes: CallTimes = { firstPartMs: 300_000, idleMs: 60_000, replyMs: 120_000 };
const never = new AbortController().signal;

/** Runs models on other machines: those of a fleet, which stays open when the engine is closed. */
export function createRemoteEngine({
  fleet,
  profile,
  times,
  now = () => performance.now(),
}: RemoteEngineOptions): Engine {
  const calls = createSiteCalls(fleet, { ...usualTimes, ...times });
  const closing = new AbortController();

  async function known(name: string, capability?: 'embedding' | 'rerank'): Promise<void> {
    if (closing.signal.aborted) throw new AppError('shutting_down');
    if (fleet.sites(name).length === 0) await fleet.looked;
    const sites = fleet.sites(name);
    if (sites.length === 0) throw await absence(name);
    // Of servers that list names only, what a model can do is a guess.
    const can = sites.some(({ member, model }) => {
      return capability === undefined || member.server?.kind === 'openai' || model.capabilities.includes(capability);
    });
    if (!can) throw new AppError('model_unknown', { detail: told`The model ${name} cannot do this.` });
  }

  async function absence(name: string): Promise<AppError> {
    await profile(name);
    const unreached = fleet.members.find(({ trouble }) => trouble instanceof AppError)?.trouble;
    if (unreached instanceof AppError) return unreached;
    return new AppError('model_unavailable', {
      detail: told`No engine has the model ${name}: bring it to one of them.`,
    });
  }

  async function placed<T>(name: string, { signal, caller }: CallOptions, work: () => Promise<T>): Promise<T> {
    const release = await fleet.gate(name).enter(signal, caller);
    try {
      return await work();
    } finally {
      release();
    }
  }

  return {
    traits: {
      kind: 'remote',
      get tokenizes() {
        return fleet.members.every(({ server }) => server?.tokenizes === true);
      },
      get ignores() {
        return [...new Set(fleet.members.flatMap(({ server }) => server?.ignores ?? []))];
      },
    },
    async *generate(request, { signal, caller }) {
      signal.throwIfAborted();
      await known(request.model);
      const askedAt = now();
      const release = await fleet.gate(request.model).enter(signal, caller);
      const queueMs = now() - askedAt;
      try {
        for await (const part of calls.generate(request, signal)) {
          yield part.type === 'finish' ? { ...part, timings: { ...part.timings, queueMs } } : part;
        }
      } finally {
        release();
      }
    },
    async embed(model, texts, options) {
      await known(model, 'embedding');
      if (texts.length === 0) return [];
      const embedSome = (some: readonly string[]) =>
        calls.ask(model, options.signal, (server, id, signal) => server.embed({ model: id, texts: some }, signal));
      return placed(model, options, () => embedWindows(texts, embedSome));
    },
    async rerank({ model, query, texts }, options) {
      await known(model, 'rerank');
      const rerankSome = (some: readonly string[]) =>
        calls.ask(model, options.signal, (server, id, signal) =>
          server.rerank({ model: id, query, texts: some }, signal),
        );
      return placed(model, options, () => rerankWindows(texts, rerankSome));
    },
    async countTokens(model, texts) {
      await known(model);
      return calls.ask(model, never, (server, id, signal) => server.countTokens({ model: id, texts }, signal));
    },
    async tokenize(model, text) {
      await known(model);
      return calls.ask(model, never, (server, id, signal) => server.tokenize({ model: id, text }, signal));
    },
    async detokenize(model, tokens) {
      await known(model);
      return calls.ask(model, never, (server, id, signal) => server.detokenize({ model: id, tokens }, signal));
    },
    async load(model, { signal, keepAliveMs }) {
      await known(model);
      await calls.ask(model, signal, (server, id, within) => server.load({ model: id, keepAliveMs }, within));
    },
    status: async () => fleetStatus(fleet),
    async [Symbol.asyncDispose]() {
      closing.abort();
      for (const gate of fleet.gates().values()) gate.refuse(new AppError('shutting_down'));
    },
  };
}
