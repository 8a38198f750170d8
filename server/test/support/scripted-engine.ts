import type { AppError } from '../../src/errors/app-error.ts';
import type { Engine, GenerateRequest, Prompt } from '../../src/ports/engine.ts';

interface ScriptedAnswer {
  deltas: readonly string[];
  reason?: 'stop' | 'length';
}

type Line = ScriptedAnswer | AppError;

export interface EngineScript {
  /** The answers to come, in order of the calls, or what to answer to a request; an error is thrown instead. */
  generate?: readonly Line[] | ((request: GenerateRequest) => Line);
  embed?: Engine['embed'];
  rerank?: Engine['rerank'];
  countTokens?: (text: string) => number;
  tokenize?: Engine['tokenize'];
  load?: Engine['load'];
}

export interface ScriptedEngine extends Engine {
  /** What was asked to generate, in order. */
  readonly requests: readonly GenerateRequest[];
}

/** An engine whose lines a test writes. Anything off script throws; it passes the engine stream contract. */
export function createScriptedEngine(script: EngineScript = {}): ScriptedEngine {
  const requests: GenerateRequest[] = [];
  let busy = 0;

  return {
    traits: { kind: 'scripted', tokenizes: false, ignores: [] },
    requests,
    async *generate(request, { signal }) {
      signal.throwIfAborted();
      const { generate } = script;
      const line = typeof generate === 'function' ? generate(request) : generate?.[requests.length];
      if (line === undefined) throw unexpected('generate');
      requests.push(request);
      if (line instanceof Error) throw line;
      busy++;
      try {
        for (const delta of line.deltas) {
          await Promise.resolve();
          signal.throwIfAborted();
          yield { type: 'text-delta', delta };
        }
        signal.throwIfAborted();
        const promptTokens = textsOf(request).reduce((sum, text) => sum + countWords(text), 0);
        const usage = { promptTokens, cachedTokens: 0, completionTokens: line.deltas.length };
        const timings = { queueMs: 0, loadMs: 0, promptMs: 0, generateMs: 0 };
        yield { type: 'finish', reason: line.reason ?? 'stop', usage, timings };
      } finally {
        busy--;
      }
    },
    embed: (...call) => (script.embed === undefined ? Promise.reject(unexpected('embed')) : script.embed(...call)),
    rerank: (...call) => (script.rerank === undefined ? Promise.reject(unexpected('rerank')) : script.rerank(...call)),
    countTokens: async (_model, texts) =>
      texts.map((text) => (script.countTokens ?? countWords)(typeof text === 'string' ? text : wordsOf(text))),
    tokenize: (...call) =>
      script.tokenize === undefined ? Promise.reject(unexpected('tokenize')) : script.tokenize(...call),
    detokenize: async () => Promise.reject(unexpected('detokenize')),
    load: (...call) => (script.load === undefined ? Promise.reject(unexpected('load')) : script.load(...call)),
    status: async () => ({
      state: 'ok',
      reason: null,
      loaded: [
        {
          model: 'scripted',
          adapter: null,
          slots: 1,
          busy,
          waiting: 0,
          bytes: null,
          contextTokens: null,
          expiresAt: null,
        },
      ],
      waiting: 0,
      queues: [],
    }),
    async [Symbol.asyncDispose]() {},
  };
}

function wordsOf(prompt: Prompt): string {
  return textsOf({ prompt }).join(' ');
}

function textsOf({ prompt }: Pick<GenerateRequest, 'prompt'>): string[] {
  if (prompt.type === 'chat') return prompt.messages.map(({ text }) => text);
  if (prompt.type === 'infill') return [prompt.before, prompt.after];
  return prompt.pieces.map((piece) => ('text' in piece ? piece.text : ''));
}

function countWords(text: string): number {
  return text.split(/\s+/).filter((word) => word !== '').length;
}

function unexpected(call: string): Error {
  return new Error(`unexpected call: ${call}`);
}
