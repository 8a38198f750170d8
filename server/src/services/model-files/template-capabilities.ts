import type { Capability } from '../../models/language-model.ts';

const thinkingMarks = ['<think>', '</think>', '<seed:think>', '[THINK]', '<|START_THINKING|>', '<|channel|>analysis'];

/** What a chat template, in Jinja or in Go's language, has a place for beside the messages. */
export function templateCapabilities(template: string): Capability[] {
  const code = codeOf(template);
  const takesTools = code.some((part) => /\b(?:available_)?tools\b|\.Tools\b/.test(part));
  const fillsGaps = code.some((part) => /\.Suffix\b/.test(part));
  const thinks = thinkingMarks.some((mark) => template.includes(mark));
  return [
    ...(takesTools ? (['tools'] as const) : []),
    ...(fillsGaps ? (['insert'] as const) : []),
    ...(thinks ? (['thinking'] as const) : []),
  ];
}

/** What stands in `{{ }}` and `{% %}`; what is said to the model does not count. */
function codeOf(template: string): string[] {
  return template
    .split(/\{[{%]/)
    .slice(1)
    .map((part) => part.split(/[%}]\}/, 1)[0] ?? '');
}
