import type { OutputFormat } from '../../../../../models/language-model.ts';
import { checkGrammar } from '../../grammar/check-grammar.ts';
import { FormatError } from '../../grammar/format-error.ts';
import { jsonGrammar } from '../../grammar/json-grammar.ts';
import { jsonSchemaGrammar } from '../../grammar/json-schema-grammar.ts';
import { EngineFailure } from '../engine-failure.ts';
import { verbatim } from '../../../../../errors/told.ts';

export interface WantedForm {
  /** Of a tool that must be called: it goes before any format. */
  grammar: string | null;
  format: OutputFormat | undefined;
}

/** The grammar that an answer is forced into. Fails with `invalid_format` when no text has it, or none can be found. */
export function grammarOf({ grammar, format }: WantedForm): string | undefined {
  try {
    const wanted = grammar ?? (format && ofFormat(format));
    if (wanted !== undefined) checkGrammar(wanted);
    return wanted;
  } catch (error) {
    if (error instanceof FormatError) throw new EngineFailure('invalid_format', verbatim(error.message));
    throw error;
  }
}

function ofFormat(format: OutputFormat): string {
  switch (format.type) {
    case 'json':
      return jsonGrammar;
    case 'json-schema':
      return jsonSchemaGrammar(format.schema);
    case 'grammar':
      return format.grammar;
    default:
      return format satisfies never;
  }
}
