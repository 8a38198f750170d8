import type { SamplingOptions } from './language-model.ts';

export type OllamaOptionType = 'integer' | 'float32' | 'boolean' | 'array';

/**
 * The options of Ollama's requests and the parameters of its Modelfiles, and what they hold, in the words of its errors.
 * Source: Options and Runner in Ollama's api/types.go
 */
export const ollamaOptionTypes = {
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
} as const satisfies Record<string, OllamaOptionType>;

const typesByName: ReadonlyMap<string, OllamaOptionType> = new Map(Object.entries(ollamaOptionTypes));

/** undefined: Ollama has no such option. */
export function ollamaOptionType(name: string): OllamaOptionType | undefined {
  return typesByName.get(name);
}

export type OllamaOptionValue = number | boolean | readonly string[];

/**
 * The value that JSON gave to an option; of whole numbers that are written as fractions, the fraction is cut. Throws a
 * TypeError in Ollama's words.
 */
export function readOllamaOption(name: string, value: unknown): OllamaOptionValue {
  const type = ollamaOptionType(name);
  if (type === 'boolean' && typeof value === 'boolean') return value;
  if (type === 'float32' && isFiniteNumber(value)) return value;
  if (type === 'integer' && isFiniteNumber(value)) return Math.trunc(value);
  if (type !== 'array' || !Array.isArray(value)) throw new TypeError(`option "${name}" must be of type ${type}`);
  if (value.every((item) => typeof item === 'string')) return value;
  throw new TypeError(`option "${name}" must be of an array of strings`);
}

function isFiniteNumber(value: unknown): value is number {
  return Number.isFinite(value);
}

const samplingFields = {
  temperature: 'temperature',
  top_p: 'topP',
  top_k: 'topK',
  min_p: 'minP',
  typical_p: 'typicalP',
  repeat_penalty: 'repeatPenalty',
  repeat_last_n: 'repeatLastN',
  presence_penalty: 'presencePenalty',
  frequency_penalty: 'frequencyPenalty',
} as const satisfies Partial<Record<keyof typeof ollamaOptionTypes, keyof SamplingOptions>>;

/** What the options say of how tokens are drawn; how many is for who knows the context. */
export function samplingOfOptions(
  options: Readonly<Record<string, OllamaOptionValue | string | undefined>>,
): Partial<SamplingOptions> {
  const numbers = Object.entries(samplingFields).flatMap(([name, field]) => {
    const value = options[name];
    return typeof value === 'number' ? [[field, field === 'topK' ? Math.max(0, value) : value]] : [];
  });
  const { seed, stop } = options;
  return {
    ...Object.fromEntries(numbers),
    ...(typeof seed === 'number' ? { seed: seed < 0 ? null : seed } : {}),
    ...(typeof stop === 'object' ? { stop } : typeof stop === 'string' ? { stop: [stop] } : {}),
  };
}
