import { AppError } from '../../../../errors/app-error.ts';
import { verbatim } from '../../../../errors/told.ts';
import type { OutputFormat } from '../../../../models/language-model.ts';
import { checkGrammar } from '../../llama/grammar/check-grammar.ts';
import { FormatError } from '../../llama/grammar/format-error.ts';
import { jsonGrammar } from '../../llama/grammar/json-grammar.ts';
import { jsonSchemaGrammar } from '../../llama/grammar/json-schema-grammar.ts';

/**
 * The grammar of a format, the same as for models that run here. Rejects with `invalid_format` when no text has it, or when
 * forcing it could keep an engine busy for ever: engines do not check that.
 */
export function formatGrammar(format: OutputFormat): string {
  if (format.type === 'json') return jsonGrammar;
  try {
    const grammar = format.type === 'grammar' ? format.grammar : jsonSchemaGrammar(format.schema);
    checkGrammar(grammar);
    return grammar;
  } catch (error) {
    if (error instanceof FormatError)
      throw new AppError('invalid_format', { detail: verbatim(error.message), cause: error });
    throw error;
  }
}
