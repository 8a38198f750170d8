import type { Tool, ToolChoice } from '../../../../../models/language-model.ts';
import { FormatError } from '../../grammar/format-error.ts';
import { choice, GrammarRules, literal } from '../../grammar/grammar-rules.ts';
import { jsonSchemaRule } from '../../grammar/json-schema-grammar.ts';
import { EngineFailure } from '../engine-failure.ts';
import type { CallFormat } from './call-format.ts';
import { told, verbatim } from '../../../../../errors/told.ts';

export interface CallGrammarOptions {
  tools: readonly Tool[];
  toolChoice: ToolChoice;
  format: CallFormat;
}

/**
 * GBNF for one call of one of the tools that must be called, with arguments of its schema; null when the model may choose.
 * Fails with `invalid_format` for a tool that is not there, or whose schema nothing can be forced into.
 */
export function callGrammar({ tools, toolChoice, format }: CallGrammarOptions): string | null {
  if (toolChoice === 'auto' || toolChoice === 'none') return null;
  if (toolChoice === 'required' && tools.length === 0) return null;
  const allowed = toolChoice === 'required' ? tools : tools.filter(({ name }) => name === toolChoice.name);
  if (allowed.length === 0) {
    throw new EngineFailure(
      'invalid_format',
      told`The tool that must be called is not among the tools of the request.`,
    );
  }
  const rules = new GrammarRules('t');
  const calls = allowed.map(({ name, parameters }) => {
    const { before, after } = format.write(name);
    const values = argumentsRule({ type: 'object', ...parameters }, rules);
    return `${literal(before)} ${values} ${literal(after)}`;
  });
  return `root ::= ${choice(calls)}\n${rules.toString()}`;
}

function argumentsRule(schema: unknown, rules: GrammarRules): string {
  try {
    return jsonSchemaRule(schema, rules);
  } catch (error) {
    if (error instanceof FormatError) throw new EngineFailure('invalid_format', verbatim(error.message));
    throw error;
  }
}
