import { AppError } from '../../errors/app-error.ts';
import { verbatim } from '../../errors/told.ts';
import type { ModelParameters } from '../../models/language-model.ts';
import { ollamaOptionType, readOllamaOption } from '../../models/ollama-options.ts';

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
  parameters: ModelParameters;
  /** Names that mean nothing here. */
  ignored: readonly string[];
}

/** Of a JSON object; whole numbers may be written as fractions, which are cut. Rejects with `invalid_request`. */
export function readParameters(given: Readonly<Record<string, unknown>>): ReadParameters {
  const parameters = new Map<string, ModelParameters[string]>();
  const ignored: string[] = [];
  for (const [name, value] of Object.entries(given)) {
    if (ollamaOptionType(name) === undefined) ignored.push(name);
    else if (value !== null && value !== undefined) parameters.set(name, checked(name, value));
  }
  return { parameters: Object.fromEntries(parameters), ignored };
}

function checked(name: string, value: unknown): ModelParameters[string] {
  try {
    return readOllamaOption(name, value);
  } catch (error) {
    if (error instanceof TypeError) throw refused(error.message);
    throw error;
  }
}

/** Of the lines of a Modelfile: `stop` adds up, of the others the last one counts. Rejects with `invalid_request`. */
export function readParameterLines(lines: readonly { key: string; value: string }[]): ReadParameters {
  const parameters = new Map<string, ModelParameters[string]>();
  const stops: string[] = [];
  const ignored: string[] = [];
  for (const { key, value } of lines) {
    const type = ollamaOptionType(key);
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
export function parameterLines(parameters: ModelParameters): { key: string; value: string }[] {
  return Object.entries(parameters).flatMap(([key, value]) =>
    (Array.isArray(value) ? value : [value]).map((one) => ({ key, value: String(one) })),
  );
}

function refused(detail: string): AppError {
  return new AppError('invalid_request', { detail: verbatim(detail) });
}
