import type { TrainingRow } from '../../../models/training-example.ts';
import type { Finding, PlacedExample } from './finding.ts';

/** Refuses rows that do not fit into a step: a row that was cut would teach to stop in the middle. */
export function findTooLong(rows: readonly PlacedExample<TrainingRow>[], mostTokens: number): Finding[] {
  return rows
    .filter(({ example }) => example.tokens.length > mostTokens)
    .map(({ index, example: { tokens } }) => {
      const message = `has ${tokens.length} tokens, of which ${mostTokens} fit: shorten it, or make two of it`;
      return { code: 'too_long', index, refuses: true, message };
    });
}
