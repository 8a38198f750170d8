import { greedySampling, type SamplingOptions } from '../../models/language-model.ts';
import {
  ollamaOptionType,
  readOllamaOption,
  samplingOfOptions,
  type ollamaOptionTypes,
} from '../../models/ollama-options.ts';
import { ollamaError } from './ollama-error.ts';

type NumberOption = {
  [Name in keyof typeof ollamaOptionTypes]: (typeof ollamaOptionTypes)[Name] extends 'integer' | 'float32'
    ? Name
    : never;
}[keyof typeof ollamaOptionTypes];

/** What was said in `options`, of the right types. */
export type OllamaOptions = { readonly [Name in NumberOption]?: number } & { readonly stop?: readonly string[] };

/** Unknown options and nulls are passed over; a wrong type is an error 500, as in Ollama. */
export function readOptions(given: Readonly<Record<string, unknown>> = {}): OllamaOptions {
  const known = Object.entries(given).filter(([name, value]) => ollamaOptionType(name) !== undefined && value !== null);
  try {
    return Object.fromEntries(known.map(([name, value]) => [name, readOllamaOption(name, value)]));
  } catch (error) {
    if (error instanceof TypeError) throw ollamaError(500, error.message);
    throw error;
  }
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
  return { ...greedySampling, temperature: 0.8, topP: 0.9, topK: 40, maxTokens: longestCompletion(options) };
}

export function samplingOf(options: OllamaOptions): Partial<SamplingOptions> {
  const maxTokens = maxTokensOf(options);
  return { ...samplingOfOptions(options), ...(maxTokens === undefined ? {} : { maxTokens }) };
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
