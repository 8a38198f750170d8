import { describe, expect, it } from 'vitest';
import type { TrainingItem, TrainingRun } from '../../../src/ports/trainer.ts';
import { assessRun } from '../../../src/services/trainer/local/assess.ts';
import { inEnglish, told } from '../../../src/errors/told.ts';
import { nanoBase, trainingRun } from '../../support/training-items.ts';

const speed = 1e10;
const names = ['F32', 'F16', 'BF16', 'Q8_0', 'Q4_0', 'Q4_K', 'Q5_K', 'Q6_K'];
const machine = { speeds: Object.fromEntries(names.map((name) => [name, speed])), usesFastCopies: true };
const base = await nanoBase();

function item(tokens: number[], answerStart = 1): TrainingItem {
  return { example: { prompt: [], answer: '' }, row: { tokens, answerStart } };
}

function runWith(change: Partial<TrainingRun>): TrainingRun {
  return trainingRun({ id: 'assessed', base, training: [item([0, 300, 301])], ...change });
}

describe('the assessment of a run', () => {
  it('is longer with more examples, and shorter with more threads', async () => {
    const many = Array.from({ length: 500 }, () => item([0, 300, 301, 302, 303, 304]));
    const seconds = async (change: Partial<TrainingRun>) => (await assessRun(runWith(change), machine)).seconds;
    const limits = { ...runWith({}).limits, threads: 4 };
    expect(await seconds({ training: many })).toBeGreaterThan(2 * (await seconds({})));
    expect(await seconds({ training: many, limits })).toBeLessThan(await seconds({ training: many }));
  });

  it('has more memory with a larger rank and with longer examples', async () => {
    const memory = async (change: Partial<TrainingRun>) => (await assessRun(runWith(change), machine)).memoryBytes;
    const hyperparameters = { ...runWith({}).hyperparameters, rank: 64 };
    const long = [item(Array.from({ length: 1000 }, () => 300))];
    expect(await memory({ hyperparameters })).toBeGreaterThan(await memory({}));
    expect(await memory({ training: long })).toBeGreaterThan(await memory({}));
  });

  it('is that of the machine when its libraries do not work', async () => {
    const trouble = told`The libraries do not work.`;
    const assessment = await assessRun(runWith({}), { trouble, cause: new Error('dlopen') });
    expect(assessment).toEqual({ possible: false, reason: trouble, memoryBytes: 0, seconds: 0 });
  });

  it.each<[string, Partial<TrainingRun>, RegExp]>([
    ['nothing to train with', { training: [] }, /no examples/],
    ['an example without an answer', { training: [item([0, 300], 2)] }, /no answer/],
    ['an example beyond the context', { training: [item(Array.from({ length: 3000 }, () => 1))] }, /2048 tokens/],
    ['tokens that the base does not have', { validation: [item([0, 6097])] }, /does not know/],
    ['a base that is not there', { base: { ...base, path: '/nowhere.gguf' } }, /not there/],
  ])('is that it is not possible with %s', async (_, change, reason) => {
    const assessment = await assessRun(runWith(change), machine);
    expect(assessment.possible).toBe(false);
    expect(inEnglish(assessment.reason!)).toMatch(reason);
  });
});
