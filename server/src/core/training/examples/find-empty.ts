import type { TrainingExample } from '../../../models/training-example.ts';
import { withoutInvisible } from '../../ask/grounding/harmless-text.ts';
import type { Finding, PlacedExample } from './finding.ts';
import { told } from '../../../errors/told.ts';

/** Refuses examples in which nothing is asked or answered. */
export function findEmpty({ index, example: { prompt, answer } }: PlacedExample<TrainingExample>): Finding[] {
  const last = prompt.at(-1);
  if (last === undefined || last.role !== 'user') {
    const message = told`has no message of the user before the answer: a model learns to answer one`;
    return [{ code: 'no_question', index, refuses: true, message }];
  }
  if (isVisible(answer) && prompt.every(({ text }) => isVisible(text))) return [];
  const message = told`has a text of white space or control characters only: give it words, or leave the example out`;
  return [{ code: 'empty', index, refuses: true, message }];
}

function isVisible(text: string): boolean {
  return withoutInvisible(text).trim() !== '';
}
