import type { Tool, ToolChoice } from '../../../../../models/language-model.ts';
import { EngineFailure } from '../engine-failure.ts';
import type { CallFormat } from './call-format.ts';

/** GBNF for one call of one of the tools that the choice allows; null when the model may choose. */
export function callGrammar(tools: readonly Tool[], choice: ToolChoice, format: CallFormat): string | null {
  if (choice === 'auto' || choice === 'none' || tools.length === 0) return null;
  const allowed = choice === 'required' ? tools : tools.filter(({ name }) => name === choice.name);
  if (allowed.length === 0) {
    throw new EngineFailure('invalid_format', 'The tool that must be called is not among the tools of the request.');
  }
  const calls = allowed.map(({ name }) => {
    const { before, after } = format.write(name);
    return `${literal(before)} object ${literal(after)}`;
  });
  return `root ::= ${calls.join(' | ')}\n${jsonRules}`;
}

function literal(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}

/** Any JSON object, without white space between its parts but one space. */
const jsonRules = String.raw`object ::= "{" (member ("," space member)*)? "}"
member ::= string ":" space value
array ::= "[" (value ("," space value)*)? "]"
value ::= object | array | string | number | "true" | "false" | "null"
string ::= "\"" ([^"\\\x00-\x1F\x7F] | "\\" (["\\/bfnrt] | "u" [0-9a-fA-F]{4}))* "\""
number ::= "-"? ("0" | [1-9] [0-9]{0,15}) ("." [0-9]{1,16})? ([eE] [-+]? [0-9]{1,3})?
space ::= " "?
`;
