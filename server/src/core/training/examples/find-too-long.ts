import type { TrainingExample, TrainingRow } from '../../../models/training-example.ts';
import type { Finding, PlacedExample } from './finding.ts';
import { told } from '../../../errors/told.ts';

/** No tokenizer makes longer tokens of a text, on the average. */
const mostCharactersOfAToken = 16;

/** Refuses examples that cannot fit into so many tokens, so that nothing is spent on making rows of them. */
export function findFarTooLong(examples: readonly PlacedExample<TrainingExample>[], mostTokens: number): Finding[] {
  return examples.flatMap(({ index, example: { prompt, answer } }) => {
    const characters = prompt.reduce((sum, { text }) => sum + text.length, answer.length);
    if (characters <= mostTokens * mostCharactersOfAToken) return [];
    const message = told`has ${characters} characters; about ${mostTokens} tokens fit: shorten it, or make several of it`;
    return [{ code: 'too_long', index, refuses: true, message }];
  });
}

/** Refuses rows that do not fit into a step: a row that was cut would teach to stop in the middle. */
export function findTooLong(rows: readonly PlacedExample<TrainingRow>[], mostTokens: number): Finding[] {
  return rows
    .filter(({ example }) => example.tokens.length > mostTokens)
    .map(({ index, example: { tokens } }) => {
      const message = told`has ${tokens.length} tokens, of which ${mostTokens} fit: shorten it, or make two of it`;
      return { code: 'too_long', index, refuses: true, message };
    });
}
