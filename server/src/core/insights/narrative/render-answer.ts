import type { DataAnswer } from '../../../models/insight.ts';
import { checkNumbers, type NumberCheck } from './check-numbers.ts';
import type { WordingOptions } from './label-text.ts';
import type { RenderAnswer } from './narrator.ts';
import { renderTemplate } from './render-template.ts';

export const renderAnswer: RenderAnswer = ({ template, ...answer }, options) =>
  renderTemplate(template, { source: { ...answer, subject: null }, ...options });

/** Compares the numbers of an answer with those that its facts and labels give. */
export function checkAnswerNumbers({ template, text, ...answer }: DataAnswer, options: WordingOptions): NumberCheck {
  return checkNumbers(text, { template, source: { ...answer, subject: null }, ...options });
}
