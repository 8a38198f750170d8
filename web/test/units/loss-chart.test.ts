import { describe, expect, it } from 'vitest';
import { dotsPath, linePath, rangeOf } from '../../src/pages/training/job/chart-paths.ts';
import {
  smoothedLosses,
  validationPoints,
  withPoint,
  type LossPoint,
} from '../../src/pages/training/job/loss-points.ts';
import { jobAt } from '../support/training-replies.ts';

const point = (step: number, loss: number, validationLoss: number | null = null): LossPoint => ({
  step,
  loss,
  validationLoss,
});

describe('the points of a curve', () => {
  it('grow by what a job tells, and not by one that has not begun', () => {
    const begun = withPoint([], jobAt(3));
    expect(begun).toEqual([point(3, expect.any(Number))]);
    const { progress } = jobAt(0);
    expect(withPoint(begun, { progress: { ...progress, training: null } })).toBe(begun);
  });

  it('are written over by a training that was taken up again further back', () => {
    const before = [1, 2, 3, 4].map((step) => point(step, 9));
    expect(withPoint(before, jobAt(3)).map(({ step }) => step)).toEqual([1, 2, 3]);
    expect(withPoint(before, jobAt(3))[2]?.loss).not.toBe(9);
  });

  it('stay few enough to be drawn, with the last among them', () => {
    let points: readonly LossPoint[] = [];
    for (let step = 1; step <= 5_000; step += 1) {
      points = withPoint(points, { progress: { ...jobAt(1).progress, done: step } });
    }
    expect(points.length).toBeLessThanOrEqual(600);
    expect(points.at(-1)?.step).toBe(5_000);
  });

  it('tell each validation loss once, where it came', () => {
    const points = [point(1, 5), point(2, 4, 3), point(3, 4, 3), point(4, 3, 2)];
    expect(validationPoints(points)).toEqual([
      { step: 2, loss: 3 },
      { step: 4, loss: 2 },
    ]);
  });

  it('are smoothed without being moved up or down', () => {
    const level = smoothedLosses([point(1, 2), point(2, 2), point(3, 2)]);
    for (const { loss } of level) expect(loss).toBeCloseTo(2);
    const [, second] = smoothedLosses([point(1, 0), point(2, 4)]);
    expect(second?.loss).toBeGreaterThan(0);
    expect(second?.loss).toBeLessThan(4);
  });
});

describe('the drawing of a curve', () => {
  const points = [
    { step: 1, loss: 4 },
    { step: 3, loss: 2 },
  ];

  it('fills its width, stands on zero, and ends at a round number', () => {
    const range = rangeOf(points);
    expect(range).toEqual({ firstStep: 1, lastStep: 3, highest: 5 });
    expect(linePath(points, range)).toBe('M0.00 20.00L100.00 60.00');
    expect(dotsPath(points, range)).toBe('M0.00 20.00h0.001M100.00 60.00h0.001');
  });

  it('has a height even when all losses are zero', () => {
    expect(rangeOf([{ step: 1, loss: 0 }]).highest).toBe(1);
  });
});
