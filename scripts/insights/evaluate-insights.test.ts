import { expect, it } from 'vitest';
import { evaluateNoise, evaluatePlanted } from './evaluate-insights.ts';

// Each table takes a hundred queries: `npm run eval -- planted` and `noise` have the figures, this only that they can be had.
const patience = 300_000;

it(
  'finds what was planted, among the first three',
  async () => {
    const figures = await evaluatePlanted(1);
    expect(figures.filter(({ found, inFirstThree }) => found < 1 || inFirstThree < 1)).toEqual([]);
  },
  patience,
);

it(
  'finds nothing in noise',
  async () => {
    const figures = await evaluateNoise(1);
    expect(figures.filter(({ alarmed }) => alarmed > 0)).toEqual([]);
  },
  patience,
);
