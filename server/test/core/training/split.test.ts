import { describe, expect, it } from 'vitest';
import { splitExamples, withoutLeaks } from '../../../src/core/training/examples/split.ts';
import type { TrainingExample } from '../../../src/models/training-example.ts';

const example = (text: string): TrainingExample => ({ prompt: [{ role: 'user', text }], answer: 'x' });
const examples = (count: number): TrainingExample[] =>
  Array.from({ length: count }, (_, index) => example(`Pergunta ${index}?`));
const textsOf = (some: readonly TrainingExample[]) => some.map(({ prompt }) => prompt[0]?.text);

describe('a split', () => {
  it('holds out about a tenth', () => {
    const { training, heldOut } = splitExamples(examples(1_000));
    expect(heldOut.length).toBeGreaterThan(60);
    expect(heldOut.length).toBeLessThan(140);
    expect(training.length + heldOut.length).toBe(1_000);
  });

  it('holds out four at least, and half at most', () => {
    expect(splitExamples(examples(12)).heldOut).toHaveLength(4);
    expect(splitExamples(examples(8)).heldOut).toHaveLength(4);
    expect(splitExamples(examples(3)).heldOut).toHaveLength(1);
    expect(splitExamples(examples(1)).heldOut).toHaveLength(0);
  });

  it('is the same in any order, and when more come it holds out what it held out by its share', () => {
    const all = examples(200);
    const first = splitExamples(all).heldOut;
    expect(new Set(textsOf(splitExamples(all.toReversed()).heldOut))).toEqual(new Set(textsOf(first)));
    const more = new Set(textsOf(splitExamples(examples(400)).heldOut));
    expect(textsOf(first).every((text) => more.has(text))).toBe(true);
  });

  it('keeps on one side what differs by accents and case only', () => {
    const pairs = examples(50).flatMap((one, index) => [one, example(`PERGÚNTA ${index}`)]);
    const { training, heldOut } = splitExamples(pairs);
    expect(withoutLeaks(training, heldOut)).toHaveLength(training.length);
    expect(heldOut.length % 2).toBe(0);
  });

  it('keeps groups together', () => {
    const groupOf = ({ prompt }: TrainingExample): string => `${Number(/\d+/.exec(prompt[0]?.text ?? '')?.[0]) % 10}`;
    const { training, heldOut } = splitExamples(examples(100), { groupOf });
    expect(heldOut.length).toBeGreaterThan(0);
    const groups = new Set(heldOut.map(groupOf));
    expect(training.some((one) => groups.has(groupOf(one)))).toBe(false);
  });
});

describe('a leak', () => {
  it('is what asks the same as something that is held out', () => {
    const kept = withoutLeaks([example('Qual o prazo?'), example('Qual o preço?')], [example('qual o prazo')]);
    expect(textsOf(kept)).toEqual(['Qual o preço?']);
  });
});
