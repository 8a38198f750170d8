import type { Capability } from '../../models/language-model.ts';

const thinkingMarks = ['<think>', '</think>', '<seed:think>', '[THINK]', '<|START_THINKING|>', '<|channel|>analysis'];

/** What a chat template, in Jinja or in Go's language, has a place for beside the messages. */
export function templateCapabilities(template: string): Capability[] {
  const takesTools = /\btools\b/.test(template) || /\.Tools\b/.test(template);
  const thinks = thinkingMarks.some((mark) => template.includes(mark));
  const fillsGaps = /\.Suffix\b/.test(template);
  return [
    ...(takesTools ? (['tools'] as const) : []),
    ...(fillsGaps ? (['insert'] as const) : []),
    ...(thinks ? (['thinking'] as const) : []),
  ];
}
