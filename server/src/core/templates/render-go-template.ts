import { finishPieces } from './finish-pieces.ts';
import { executeGoTemplate } from './go-template/executor.ts';
import { functionNames } from './go-template/functions.ts';
import { parseGoTemplate } from './go-template/parser.ts';
import type { Piece, ValueMap } from './go-template/values.ts';

/**
 * Fills a template in the language of Go's `text/template`, with the functions that Ollama adds. What the template says is
 * special, inserted values are not. The work is bounded.
 * Throws `invalid_request` with the words of Go.
 */
export function renderGoTemplate(template: string, values: ValueMap, options: { now: () => Date }): readonly Piece[] {
  return finishPieces(executeGoTemplate(parseGoTemplate(template, functionNames), values, options));
}
