import { describe, expect, it } from 'vitest';
import { createPromptLookup } from '../../../src/services/engine/llama/child/scheduling/prompt-lookup.ts';
import { createStepCost } from '../../../src/services/engine/llama/child/scheduling/step-cost.ts';

describe('prompt lookup', () => {
  const proposed = (tokens: number[], most: number): readonly number[] =>
    createPromptLookup().propose(tokens, most).tokens;

  it('proposes what followed the same two tokens, preferring the longer match', () => {
    expect(proposed([1, 2, 3, 4, 5, 6, 1, 2], 3)).toEqual([3, 4, 5]);
    expect(proposed([9, 1, 2, 7, 7, 8, 1, 2, 5, 5, 9, 1, 2], 2)).toEqual([7, 7]);
  });

  it('proposes nothing without a match, and no more than asked for', () => {
    expect(proposed([1, 2, 3, 4], 4)).toEqual([]);
    expect(proposed([], 4)).toEqual([]);
    expect(proposed([1, 2, 3, 1, 2], 1)).toEqual([3]);
  });

  it('finds what was written since', () => {
    const lookup = createPromptLookup();
    expect(lookup.propose([1, 2, 3], 4).tokens).toEqual([]);
    expect(lookup.propose([1, 2, 3, 8, 1, 2], 2).tokens).toEqual([3, 8]);
  });

  const text = Array.from({ length: 40 }, (_, index) => index);

  it('knows how often it was right, also when nobody tried what it proposed', () => {
    const lookup = createPromptLookup();
    const chances = (): readonly number[] => lookup.propose([...text, 0, 1, 2], 99).chances;
    const before = chances();
    expect(before).toHaveLength(15);
    expect(new Set(before).size).toBe(1);
    lookup.learn([3, 4, 5]);
    const better = chances();
    expect(better[0]).toBeGreaterThan(before[0]!);
    lookup.learn([3, 99, 5]);
    const worse = chances();
    expect(worse[0]).toBeLessThan(better[0]!);
    // A proposal is compared once: what is drawn without one says nothing.
    lookup.learn([3, 4]);
    lookup.learn([99]);
    expect(chances()[0]).toBeGreaterThan(worse[0]!);
  });

  it('expects less of two equal tokens than of more, and learns nothing of the rest from them', () => {
    const lookup = createPromptLookup();
    const [first = 1, second = 0] = lookup.propose([...text, 0, 1], 2).chances;
    expect(first).toBeLessThan(second);
    lookup.learn([99]);
    expect(lookup.propose([...text, 0, 1], 2).chances).toEqual([first, second]);
  });
});

describe('step cost', () => {
  it('lets answers write together or one by one, whichever was faster', () => {
    const cost = createStepCost();
    expect(cost.isFasterAlone(1)).toBe(true);
    expect(cost.isFasterAlone(4)).toBe(false);
    cost.learn({ writers: 4, tokens: 4, threads: 2 }, 50);
    expect(cost.isFasterAlone(4)).toBe(true);
    cost.learn({ writers: 1, tokens: 1, threads: 2 }, 9);
    expect(cost.isFasterAlone(4)).toBe(true);
    cost.learn({ writers: 16, tokens: 16, threads: 2 }, 70);
    expect(cost.isFasterAlone(16)).toBe(false);
  });

  it('guesses when what is usually right is worth the longer step', () => {
    const cost = createStepCost();
    const learn = (tokens: number, milliseconds: number): void =>
      cost.learn({ writers: 1, tokens, threads: 2 }, milliseconds);
    const guesses = (most: number, chance: number): number => cost.guesses(Array.from({ length: most }, () => chance));
    expect(guesses(15, 1)).toBe(0);
    learn(1, 9);
    // What a length costs is not known before it is tried, and once says little.
    for (const length of [15, 7, 3, 1]) {
      for (const times of [9, 1]) {
        expect(guesses(15, 0.5)).toBe(length);
        learn(length + 1, (9 + length * 4) * times);
      }
    }
    expect(guesses(15, 1)).toBe(15);
    expect(guesses(9, 1)).toBe(7);
    expect(guesses(15, 0.6)).toBe(1);
    expect(guesses(15, 0.2)).toBe(0);
    expect(guesses(0, 1)).toBe(0);
  });

  it('takes one thread for a token that all together are hardly faster with', () => {
    const cost = createStepCost();
    const learn = (threads: number, milliseconds: number): void =>
      cost.learn({ writers: 1, tokens: 1, threads }, milliseconds);
    expect(cost.threads(1, 1)).toBe(1);
    expect(cost.threads(1, 4)).toBe(4);
    for (let step = 0; step < 4; step++) learn(4, 10);
    expect(cost.threads(1, 4)).toBe(1);
    learn(1, 13);
    expect(cost.threads(1, 4)).toBe(1);
    for (let step = 0; step < 3; step++) learn(1, 13);
    expect(cost.threads(1, 4)).toBe(4);
    for (let step = 0; step < 9; step++) learn(1, 10.1);
    expect(cost.threads(1, 4)).toBe(1);
    expect(Array.from({ length: 100 }, () => cost.threads(1, 4)).filter((threads) => threads > 1)).toHaveLength(1);
  });

  it('is not misled by the first steps of a model, whose weights come from the disk', () => {
    const cost = createStepCost();
    for (const milliseconds of [900, 80, 45, 45]) cost.learn({ writers: 1, tokens: 1, threads: 2 }, milliseconds);
    for (let step = 0; step < 4; step++) cost.learn({ writers: 1, tokens: 1, threads: 1 }, 60);
    expect(cost.threads(1, 2)).toBe(2);
  });

  it('tries one thread once where it is no match for all', () => {
    const cost = createStepCost();
    for (let step = 0; step < 4; step++) cost.learn({ writers: 1, tokens: 16, threads: 2 }, 38);
    expect(cost.threads(16, 2)).toBe(1);
    cost.learn({ writers: 1, tokens: 16, threads: 1 }, 72);
    expect(cost.threads(16, 2)).toBe(2);
  });

  it('tries the other way now and then', () => {
    const cost = createStepCost();
    cost.learn({ writers: 1, tokens: 1, threads: 2 }, 1);
    cost.learn({ writers: 4, tokens: 4, threads: 2 }, 100);
    expect(Array.from({ length: 300 }, () => cost.isFasterAlone(4)).filter((alone) => !alone)).toHaveLength(1);
  });
});
