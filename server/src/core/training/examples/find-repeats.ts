import type { TrainingExample } from '../../../models/training-example.ts';
import type { Finding, PlacedExample } from './finding.ts';
import { answerKey, promptKey } from './keys.ts';
import { told } from '../../../errors/told.ts';

interface Kept extends PlacedExample<TrainingExample> {
  repeats: number;
}

/** Keeps the first of examples that say the same; refuses those that answer the same prompt otherwise. */
export function findRepeats(examples: readonly PlacedExample<TrainingExample>[]): {
  distinct: readonly PlacedExample<TrainingExample>[];
  findings: readonly Finding[];
} {
  const byPrompt = new Map<string, Kept>();
  const findings: Finding[] = [];
  for (const { index, example } of examples) {
    const key = promptKey(example);
    const kept = byPrompt.get(key);
    if (kept === undefined) byPrompt.set(key, { index, example, repeats: 0 });
    else if (answerKey(kept.example) === answerKey(example)) kept.repeats++;
    else findings.push(contradiction(index, kept.index));
  }
  const distinct = [...byPrompt.values()];
  const repeated = distinct.filter(({ repeats }) => repeats > 0).map(duplicate);
  return { distinct: distinct.map(({ index, example }) => ({ index, example })), findings: [...repeated, ...findings] };
}

function duplicate({ index, repeats }: Kept): Finding {
  const message =
    repeats === 1 ? told`is repeated once, and counts once` : told`is repeated ${repeats} times, and counts once`;
  return { code: 'duplicate', index, refuses: false, message };
}

function contradiction(index: number, earlier: number): Finding {
  const message = told`answers the same prompt as example ${earlier + 1}, but otherwise: keep the right one of the two`;
  return { code: 'contradiction', index, refuses: true, message };
}
