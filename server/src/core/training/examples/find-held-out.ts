import type { TrainingExample } from '../../../models/training-example.ts';
import type { Finding, PlacedExample } from './finding.ts';
import { splitExamples } from './split.ts';
import { told } from '../../../errors/told.ts';

/** With fewer, more than the usual tenth is held out. */
const fewExamples = 40;

/** Of few examples each that is held out is a good part of what was to be learned: whoever gave them is told which. */
export function findHeldOut(placed: readonly PlacedExample<TrainingExample>[]): Finding[] {
  if (placed.length >= fewExamples) return [];
  const heldOut = new Set(splitExamples(placed.map(({ example }) => example)).heldOut);
  const message = told`may be kept aside to measure what was learned, and is then not taught: ask the same in other words, too`;
  return placed
    .filter(({ example }) => heldOut.has(example))
    .map(({ index }) => ({ code: 'held_out', index, refuses: false, message }));
}
