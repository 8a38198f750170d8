import { AppError } from '../../errors/app-error.ts';
import type { PersonaParameters } from '../../models/persona.ts';

/** What a parameter holds, in the words of Ollama's errors. Source: Options and Runner in api/types.go */
const types: ReadonlyMap<string, ParameterType> = new Map([
  ...named('integer', ['num_keep', 'seed', 'num_predict', 'top_k', 'repeat_last_n', 'num_ctx', 'num_batch']),
  ...named('integer', ['num_gpu', 'main_gpu', 'num_thread', 'draft_num_predict']),
  ...named('float32', ['temperature', 'top_p', 'min_p', 'typical_p', 'repeat_penalty']),
  ...named('float32', ['presence_penalty', 'frequency_penalty']),
  ...named('boolean', ['use_mmap']),
  ...named('array', ['stop']),
]);

type ParameterType = 'integer' | 'float32' | 'boolean' | 'array';

function named(type: ParameterType, names: readonly string[]): [string, ParameterType][] {
  return names.map((name) => [name, type]);
}

const deprecated = new Set([
  'penalize_newline',
  'low_vram',
  'f16_kv',
  'logits_all',
  'vocab_only',
  'use_mlock',
  'mirostat',
  'mirostat_tau',
  'mirostat_eta',
]);

export interface ReadParameters {
  parameters: PersonaParameters;
  /** Names that mean nothing here. */
  ignored: readonly string[];
}

/** Of a JSON object; whole numbers may be written as fractions, which are cut. Rejects with `invalid_request`. */
export function readParameters(given: Readonly<Record<string, unknown>>): ReadParameters {
  const parameters = new Map<string, PersonaParameters[string]>();
  const ignored: string[] = [];
  for (const [name, value] of Object.entries(given)) {
    const type = types.get(name);
    if (type === undefined) ignored.push(name);
    else if (value !== null && value !== undefined) parameters.set(name, checked(value, { name, type }));
  }
  return { parameters: Object.fromEntries(parameters), ignored };
}

function checked(value: unknown, { name, type }: { name: string; type: string }): PersonaParameters[string] {
  if (type === 'boolean' && typeof value === 'boolean') return value;
  if (type === 'float32' && Number.isFinite(value)) return value as number;
  if (type === 'integer' && Number.isFinite(value)) return Math.trunc(value as number);
  if (type !== 'array' || !Array.isArray(value))
    throw refused(`option ${JSON.stringify(name)} must be of type ${type}`);
  if (value.every((item) => typeof item === 'string')) return value;
  throw refused(`option ${JSON.stringify(name)} must be of an array of strings`);
}

/** Of the lines of a Modelfile: `stop` adds up, of the others the last one counts. Rejects with `invalid_request`. */
export function readParameterLines(lines: readonly { key: string; value: string }[]): ReadParameters {
  const parameters = new Map<string, PersonaParameters[string]>();
  const stops: string[] = [];
  const ignored: string[] = [];
  for (const { key, value } of lines) {
    const type = types.get(key);
    if (deprecated.has(key)) ignored.push(key);
    else if (type === undefined) throw refused(`unknown parameter '${key}'`);
    else if (type === 'array') stops.push(value);
    else parameters.set(key, readers[type](value));
  }
  if (stops.length > 0) parameters.set('stop', stops);
  return { parameters: Object.fromEntries(parameters), ignored };
}

const float = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const truths = new Set(['1', 't', 'T', 'true', 'TRUE', 'True']);
const lies = new Set(['0', 'f', 'F', 'false', 'FALSE', 'False']);

const readers = {
  integer(text: string): number {
    const number = Number(text);
    if (/^[+-]?\d+$/.test(text) && Number.isSafeInteger(number)) return number;
    throw refused(`invalid int value [${text}]`);
  },
  float32(text: string): number {
    const number = Number(text);
    if (float.test(text) && Number.isFinite(number)) return number;
    throw refused(`invalid float value [${text}]`);
  },
  boolean(text: string): boolean {
    if (truths.has(text)) return true;
    if (lies.has(text)) return false;
    throw refused(`invalid bool value [${text}]`);
  },
};

/** As the lines of a Modelfile. */
export function parameterLines(parameters: PersonaParameters): { key: string; value: string }[] {
  return Object.entries(parameters).flatMap(([key, value]) =>
    (Array.isArray(value) ? value : [value]).map((one) => ({ key, value: String(one) })),
  );
}

function refused(detail: string): AppError {
  return new AppError('invalid_request', { detail });
}
