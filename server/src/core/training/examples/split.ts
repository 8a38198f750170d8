import { hash } from 'node:crypto';
import type { TrainingExample } from '../../../models/training-example.ts';
import { splitKey } from './keys.ts';

export interface Split<Example> {
  training: Example[];
  heldOut: Example[];
}

export interface SplitOptions<Example> {
  /** Names the group of an example; by default its prompt. */
  groupOf?: (example: Example) => string;
  /** About which part is held out, and how many at least; never more than half. */
  share?: number;
  fewest?: number;
}

/**
 * Holds out examples by the hash of their prompt, so that one that was held out once still is when more are added. Those
 * of a group, such as paraphrases of one question, stay together.
 */
export function splitExamples<Example extends TrainingExample>(
  examples: readonly Example[],
  { groupOf = splitKey, share = 0.1, fewest = 4 }: SplitOptions<Example> = {},
): Split<Example> {
  const groups = new Map<string, number>();
  for (const example of examples) groups.set(groupOf(example), (groups.get(groupOf(example)) ?? 0) + 1);
  const byHash = [...groups.keys()].map((group) => ({ group, place: placeOf(group) })).toSorted(byPlace);
  const heldOutGroups = new Set<string>();
  let count = 0;
  for (const { group, place } of byHash) {
    const size = groups.get(group) ?? 0;
    if (place >= share && count >= fewest) break;
    if (count + size > examples.length / 2) continue;
    heldOutGroups.add(group);
    count += size;
  }
  const isHeldOut = (example: Example): boolean => heldOutGroups.has(groupOf(example));
  return { training: examples.filter((example) => !isHeldOut(example)), heldOut: examples.filter(isHeldOut) };
}

/** Those whose prompt is not among the held-out ones: what was seen in training tells nothing of what was learned. */
export function withoutLeaks<Example extends TrainingExample>(
  examples: readonly Example[],
  heldOut: readonly TrainingExample[],
): Example[] {
  const keys = new Set(heldOut.map(splitKey));
  return examples.filter((example) => !keys.has(splitKey(example)));
}

/** In 0..1, evenly spread, the same each time. */
function placeOf(group: string): number {
  const hex = /^[0-9a-f]{64}$/.test(group) ? group : hash('sha256', group);
  return Number.parseInt(hex.slice(0, 8), 16) / 2 ** 32;
}

function byPlace(one: { place: number }, other: { place: number }): number {
  return one.place - other.place;
}
