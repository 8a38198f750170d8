import { functionNames } from './go-template/functions.ts';
import { parseGoTemplate } from './go-template/parser.ts';
import type { GoTemplate, Node } from './go-template/syntax.ts';
import { templateVariables } from './template-variables.ts';

/** A template of a model, and what it asks for: `messages`, `tools`, `suffix`. */
export interface ReadTemplate {
  template: GoTemplate;
  variables: ReadonlySet<string>;
}

/** What Ollama appends to a template that has no place for an answer. */
const response: Node = {
  type: 'action',
  pipe: { line: 1, variables: [], declares: false, commands: [{ operands: [{ type: 'field', names: ['Response'] }] }] },
};

/** Throws `invalid_request` with what Go's parser says. */
export function readTemplate(source: string): ReadTemplate {
  const template = parseGoTemplate(source, functionNames);
  const variables = templateVariables(template);
  if (variables.has('messages') || variables.has('response')) return { template, variables };
  return { template: { ...template, root: [...template.root, response] }, variables };
}
