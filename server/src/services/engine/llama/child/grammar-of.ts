import type { OutputFormat } from '../../../../models/language-model.ts';
import { checkGrammar } from '../grammar/check-grammar.ts';
import { FormatError } from '../grammar/format-error.ts';
import { jsonGrammar } from '../grammar/json-grammar.ts';
import { jsonSchemaGrammar } from '../grammar/json-schema-grammar.ts';
import { EngineFailure } from './engine-failure.ts';

/** The grammar of a format. Fails with `invalid_format` when no text has it, or forcing it could take for ever. */
export function grammarOf(format: OutputFormat): string {
  if (format.type === 'json') return jsonGrammar;
  try {
    const grammar = format.type === 'grammar' ? format.grammar : jsonSchemaGrammar(format.schema);
    checkGrammar(grammar);
    return grammar;
  } catch (error) {
    if (error instanceof FormatError) throw new EngineFailure('invalid_format', error.message);
    throw error;
  }
}
