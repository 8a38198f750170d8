import type { TrainingExample } from '../../../models/training-example.ts';
import { findEmpty } from './find-empty.ts';
import { findPrivate } from './find-private.ts';
import { findRepeats } from './find-repeats.ts';
import type { Finding, PlacedExample } from './finding.ts';
import { told } from '../../../errors/told.ts';

export interface CheckedExamples {
  /** Those that say different things, in order. */
  distinct: readonly PlacedExample<TrainingExample>[];
  /** Of all examples, in order of their places. */
  findings: readonly Finding[];
}

/** With fewer, there is nothing to hold out and still something to learn from. */
export const fewestExamples = 8;

/** Everything that can be said of examples without a model; whether they are too long needs one: see `findTooLong`. */
export function checkExamples(
  examples: readonly TrainingExample[],
  { allowPersonalData }: { allowPersonalData: boolean },
): CheckedExamples {
  const placed = examples.map((example, index) => ({ index, example }));
  const { distinct, findings } = findRepeats(placed);
  const ofEach = distinct.flatMap((one) => [...findEmpty(one), ...findPrivate(one, { allowPersonalData })]);
  const inOrder = [...findings, ...ofEach].toSorted((one, other) => (one.index ?? 0) - (other.index ?? 0));
  return { distinct, findings: [...tooFew(distinct.length), ...inOrder] };
}

function tooFew(distinct: number): Finding[] {
  if (distinct >= fewestExamples) return [];
  const message =
    distinct === 1
      ? told`there is 1; training needs at least ${fewestExamples}`
      : told`there are ${distinct} different ones; training needs at least ${fewestExamples}`;
  return [{ code: 'too_few', index: null, refuses: true, message }];
}
