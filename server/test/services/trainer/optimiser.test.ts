import { describe, expect, it } from 'vitest';
import { createAdamW } from '../../../src/services/trainer/local/run/adam-w.ts';
import { learningRate } from '../../../src/services/trainer/local/run/learning-rate.ts';

function parameter(values: number[], gradient: number[]) {
  return {
    name: 'any',
    lengths: [values.length, 1] as const,
    values: Float32Array.from(values),
    gradient: Float32Array.from(gradient),
    tensor: 0n,
  };
}

describe('AdamW', () => {
  it('makes the steps of torch.optim.AdamW', () => {
    // torch.optim.AdamW([1, -2], lr=0.1, weight_decay=0.01), gradients [0.5, -1] and then [0.1, 0.3]
    const weights = parameter([1, -2], [0.5, -1]);
    const optimiser = createAdamW([weights], { clip: 100, weightDecay: 0.01 });
    optimiser.step({ number: 1, rate: 0.1 });
    weights.gradient.set([0.1, 0.3]);
    optimiser.step({ number: 2, rate: 0.1 });
    expect([...weights.values]).toEqual([expect.closeTo(0.817797, 5), expect.closeTo(-1.853317, 5)]);
  });

  it('clips gradients by the norm of all together', () => {
    const [first, second] = [parameter([0], [3]), parameter([0], [4])];
    const optimiser = createAdamW([first, second], { clip: 1, weightDecay: 0 });
    expect(optimiser.step({ number: 1, rate: 0.1 })).toBe(5);
    expect(optimiser.moments.filter((_, index) => index % 2 === 0).map(([mean]) => mean)).toEqual([
      expect.closeTo(0.06),
      expect.closeTo(0.08),
    ]);
  });
});

describe('the learning rate', () => {
  const rate = (step: number) => learningRate(step, { steps: 100, learningRate: 1, warmUp: 0.1 });

  it('rises in a straight line, and falls as a cosine to nearly nothing', () => {
    expect([1, 5, 10].map(rate)).toEqual([0.1, 0.5, 1]);
    expect(rate(55)).toBeCloseTo(0.5, 1);
    expect(rate(100)).toBeGreaterThan(0);
    expect(rate(100)).toBeLessThan(0.001);
  });

  it('falls from the first step on without a warm-up', () => {
    expect(learningRate(1, { steps: 10, learningRate: 1, warmUp: 0 })).toBeLessThan(1);
  });
});
