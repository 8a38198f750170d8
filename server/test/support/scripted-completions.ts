import type {
  CompletionPart,
  CompletionRequest,
  Completions,
  EmbeddingRequest,
} from '../../src/core/completions/completions.ts';

/** What a call gives, in order: an error is thrown at its place, `until-left` waits until the caller leaves. */
export type CompletionLine = readonly (CompletionPart | Error | 'until-left')[];

export interface CompletionsScript {
  /** The lines to come, in order of the calls, or what to answer to a request. */
  complete?: readonly CompletionLine[] | ((request: CompletionRequest) => CompletionLine);
  embed?: Completions['embed'];
  rerank?: Completions['rerank'];
  tokenize?: Completions['tokenize'];
  detokenize?: Completions['detokenize'];
  countPrompt?: Completions['countPrompt'];
  load?: Completions['load'];
}

export interface ScriptedCompletions extends Completions {
  /** What was asked to complete, in order. */
  readonly requests: readonly CompletionRequest[];
  readonly embeddings: readonly EmbeddingRequest[];
  /** Completions that were begun and neither ended nor left. */
  readonly running: number;
}

type Finish = Extract<CompletionPart, { type: 'finish' }>;

export const start: CompletionPart = { type: 'start', model: { name: 'nano', persona: null, route: null } };

/** The end of a completion: by itself, after seven tokens of prompt, two of them seen before, and five more. */
export const finish = (changes: Partial<Omit<Finish, 'type'>> = {}): Finish => ({
  type: 'finish',
  reason: 'stop',
  usage: { promptTokens: 7, cachedTokens: 2, completionTokens: 5 },
  timings: { queueMs: 1, loadMs: 2, promptMs: 3, generateMs: 4 },
  ...changes,
});

/** A completion that says the pieces, and ends by itself. */
export const says = (...deltas: readonly string[]): CompletionLine => [
  start,
  ...deltas.map((delta): CompletionPart => ({ type: 'text-delta', delta })),
  finish(),
];

/** Completions whose lines a test writes. Anything off script throws. */
export function createScriptedCompletions(script: CompletionsScript = {}): ScriptedCompletions {
  const requests: CompletionRequest[] = [];
  const embeddings: EmbeddingRequest[] = [];
  let running = 0;

  return {
    requests,
    embeddings,
    get running() {
      return running;
    },
    async *complete(request, { signal }) {
      const { complete } = script;
      const line = typeof complete === 'function' ? complete(request) : complete?.[requests.length];
      if (line === undefined) throw unexpected('complete');
      requests.push(request);
      running += 1;
      try {
        for (const part of line) {
          await Promise.resolve();
          signal.throwIfAborted();
          if (part === 'until-left') await aborted(signal);
          else if (part instanceof Error) throw part;
          else yield part;
        }
      } finally {
        running -= 1;
      }
    },
    async embed(request, context) {
      embeddings.push(request);
      return (script.embed ?? offScript('embed'))(request, context);
    },
    rerank: script.rerank ?? offScript('rerank'),
    tokenize: script.tokenize ?? offScript('tokenize'),
    detokenize: script.detokenize ?? offScript('detokenize'),
    countPrompt: script.countPrompt ?? offScript('countPrompt'),
    load: script.load ?? offScript('load'),
  };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}

function offScript(call: string): () => Promise<never> {
  return () => Promise.reject(unexpected(call));
}

function unexpected(call: string): Error {
  return new Error(`unexpected call: ${call}`);
}
