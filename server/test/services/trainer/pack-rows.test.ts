import { describe, expect, it } from 'vitest';
import type { TrainingRow } from '../../../src/models/training-example.ts';
import { epochPacks, packRows, sizeOf } from '../../../src/services/trainer/local/run/pack-rows.ts';
import { planTraining } from '../../../src/services/trainer/local/run/training-plan.ts';
import { trainingRun } from '../../support/training-items.ts';

function row(length: number, first = 0): TrainingRow {
  return { tokens: Array.from({ length }, (_, index) => first + index), answerStart: length - 2 };
}

const { hyperparameters } = trainingRun({ id: 'any', base: { model: '', path: '', sha256: '' }, training: [] });

describe('packs', () => {
  it('hold as many rows as fit', () => {
    const rows = [row(5), row(6), row(3), row(9)];
    expect(packRows(rows, 9)).toEqual([[rows[0], rows[1]], [rows[2]], [rows[3]]]);
  });

  it('are filled up with rows that come later', () => {
    const rows = [row(6), row(9), row(4)];
    expect(packRows(rows, 9)).toEqual([[rows[0], rows[2]], [rows[1]]]);
  });

  it('hold every row once in each epoch, in another order each time', () => {
    const rows = Array.from({ length: 20 }, (_, index) => row(4, index));
    const order = (epoch: number, seed = 1) =>
      epochPacks(rows, { epoch, seed, mostTokens: 12 })
        .flat()
        .map(({ tokens }) => tokens[0]);
    expect(order(0).toSorted((first = 0, second = 0) => first - second)).toEqual(rows.map(({ tokens }) => tokens[0]));
    expect(order(1)).not.toEqual(order(0));
    expect(order(0, 2)).not.toEqual(order(0));
    expect(order(0)).toEqual(order(0));
  });

  it('hold a row that is longer than a step, and what else is computed with it for nothing', () => {
    const rows = [row(151), row(38), row(40)];
    expect(packRows(rows, 100)).toEqual([[rows[0], rows[1]], [rows[2]]]);
  });

  it('are computed in blocks of 64 tokens, each as large as it is', () => {
    expect(sizeOf([row(3)])).toEqual({ tokens: 64, answers: 2 });
    expect(sizeOf([row(60), row(7)])).toEqual({ tokens: 128, answers: 4 });
    const plan = planTraining({ training: [row(10), row(200)], validation: [row(300)], hyperparameters });
    expect(plan.steps).toBe(hyperparameters.epochs);
    expect(plan.trained).toEqual({ tokens: 256 * plan.steps, answers: 4 * plan.steps });
    expect(plan.validated).toEqual({ tokens: 320, answers: 2 });
    expect(plan.largest).toEqual({ tokens: 320, answers: 4 });
  });
});
