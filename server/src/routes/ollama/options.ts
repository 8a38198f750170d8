import type { SamplingOptions } from '../../models/language-model.ts';
import { ollamaError, type OllamaError } from './ollama-error.ts';

type OptionType = 'integer' | 'float32' | 'boolean' | 'array';

const optionTypes = {
  num_keep: 'integer',
  seed: 'integer',
  num_predict: 'integer',
  top_k: 'integer',
  top_p: 'float32',
  min_p: 'float32',
  typical_p: 'float32',
  repeat_last_n: 'integer',
  temperature: 'float32',
  repeat_penalty: 'float32',
  presence_penalty: 'float32',
  frequency_penalty: 'float32',
  stop: 'array',
  num_ctx: 'integer',
  num_batch: 'integer',
  num_gpu: 'integer',
  main_gpu: 'integer',
  use_mmap: 'boolean',
  num_thread: 'integer',
  draft_num_predict: 'integer',
} as const satisfies Record<string, OptionType>;

type NumberOption = {
  [Name in keyof typeof optionTypes]: (typeof optionTypes)[Name] extends 'integer' | 'float32' ? Name : never;
}[keyof typeof optionTypes];

/** What was said in `options`, of the right types. */
export type OllamaOptions = { readonly [Name in NumberOption]?: number } & { readonly stop?: readonly string[] };

/** Unknown options and nulls are passed over; a wrong type is an error 500, as in Ollama. */
export function readOptions(given: Readonly<Record<string, unknown>> = {}): OllamaOptions {
  const types = new Map<string, OptionType>(Object.entries(optionTypes));
  const options = new Map<string, unknown>();
  for (const [name, value] of Object.entries(given)) {
    const type = types.get(name);
    if (type !== undefined && value !== null) options.set(name, readOption(name, { type, value }));
  }
  return Object.fromEntries(options);
}

function readOption(name: string, { type, value }: { type: OptionType; value: unknown }): unknown {
  switch (type) {
    case 'integer':
      if (typeof value !== 'number') throw wrongType(name, 'of type integer');
      return Math.trunc(value);
    case 'float32':
      if (typeof value !== 'number') throw wrongType(name, 'of type float32');
      return value;
    case 'boolean':
      if (typeof value !== 'boolean') throw wrongType(name, 'of type boolean');
      return value;
    case 'array':
      if (!Array.isArray(value)) throw wrongType(name, 'of type array');
      if (!value.every((item) => typeof item === 'string')) throw wrongType(name, 'of an array of strings');
      return value;
    default:
      return type satisfies never;
  }
}

function wrongType(name: string, type: string): OllamaError {
  return ollamaError(500, `option "${name}" must be ${type}`);
}

const usualContextTokens = 4096;
const leastContextTokens = 4;
const usualKeep = 4;
/** A completion is never longer than so many contexts. */
const longestInContexts = 10;

/** Tokens of context that were asked for. */
export function contextTokensOf({ num_ctx: asked = 0 }: OllamaOptions): number | undefined {
  return asked === 0 ? undefined : Math.max(leastContextTokens, asked);
}

/** How many tokens of a prompt that is too long are kept at its beginning. */
export function keptTokensOf({ num_keep: kept = usualKeep }: OllamaOptions): number {
  return Math.max(0, kept);
}

/** What Ollama does where nobody says anything. */
export function usualSampling(options: OllamaOptions): SamplingOptions {
  return {
    temperature: 0.8,
    topP: 0.9,
    topK: 40,
    minP: 0,
    typicalP: 1,
    repeatPenalty: 1,
    repeatLastN: 64,
    presencePenalty: 0,
    frequencyPenalty: 0,
    logitBias: {},
    seed: null,
    maxTokens: longestCompletion(options),
    stop: [],
  };
}

export function samplingOf(options: OllamaOptions): Partial<SamplingOptions> {
  const asked = {
    temperature: options.temperature,
    topP: options.top_p,
    topK: options.top_k === undefined ? undefined : Math.max(0, options.top_k),
    minP: options.min_p,
    typicalP: options.typical_p,
    repeatPenalty: options.repeat_penalty,
    repeatLastN: options.repeat_last_n,
    presencePenalty: options.presence_penalty,
    frequencyPenalty: options.frequency_penalty,
    seed: options.seed !== undefined && options.seed < 0 ? null : options.seed,
    maxTokens: maxTokensOf(options),
    stop: options.stop,
  };
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
}

function maxTokensOf(options: OllamaOptions): number | undefined {
  const { num_predict: asked } = options;
  if (asked === undefined) return undefined;
  const longest = longestCompletion(options);
  return asked < 0 || asked > longest ? longest : asked;
}

function longestCompletion(options: OllamaOptions): number {
  return longestInContexts * (contextTokensOf(options) ?? usualContextTokens);
}
