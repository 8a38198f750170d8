import type { OutputFormat } from '../../models/language-model.ts';
import { quote } from './go/quote.ts';
import { isObject } from './go/types.ts';
import { ollamaError } from './ollama-error.ts';

/** `"json"`, a JSON schema, or nothing; anything else is an error 500, as in Ollama. */
export function readFormat(format: unknown): OutputFormat | undefined {
  if (format === undefined || format === '') return undefined;
  if (format === 'json') return { type: 'json' };
  if (isObject(format)) return { type: 'json-schema', schema: format };
  throw ollamaError(
    500,
    `invalid format: ${quote(JSON.stringify(format))}; expected "json" or a valid JSON Schema object`,
  );
}
