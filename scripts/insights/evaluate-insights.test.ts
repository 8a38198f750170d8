import { expect, it } from 'vitest';
import { evaluateNoise, evaluatePlanted } from './evaluate-insights.ts';

it('finds what was planted, among the first three', async () => {
  const figures = await evaluatePlanted(2);
  expect(figures.filter(({ found }) => found < 2)).toEqual([]);
  expect(figures.filter(({ inFirstThree }) => inFirstThree < 2)).toEqual([]);
});

it('finds nothing in noise', async () => {
  const figures = await evaluateNoise(3);
  expect(figures.filter(({ alarmed }) => alarmed > 0)).toEqual([]);
});
