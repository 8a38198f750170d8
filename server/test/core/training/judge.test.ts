import { describe, expect, it } from 'vitest';
import { judge } from '../../../src/core/training/gate/judge.ts';
import type { Measures } from '../../../src/core/training/gate/measure.ts';

const before: Measures = { heldOutNll: 2, replayNll: 1, taughtExact: 0, heldOutExact: 0, retrieval: 94 };
const after = (change: Partial<Measures>): Measures => ({
  heldOutNll: 1,
  replayNll: 1,
  taughtExact: 0.75,
  heldOutExact: 0.5,
  retrieval: 94,
  ...change,
});
const failing = (change: Partial<Measures>): string[] =>
  judge(before, after(change))
    .table.filter(({ holds }) => !holds)
    .map(({ name }) => name);

describe('the gate', () => {
  it('accepts what learned the new and kept the old, and says by which numbers', () => {
    const { accepted, table } = judge(before, after({}));
    expect(accepted).toBe(true);
    expect(table).toEqual([
      { name: 'heldOutNll', before: 2, after: 1, limit: 1.9, holds: true },
      { name: 'replayNll', before: 1, after: 1, limit: 1.05, holds: true },
      { name: 'taughtExact', before: 0, after: 0.75, limit: 0.5, holds: true },
      { name: 'heldOutExact', before: 0, after: 0.5, limit: null, holds: true },
      { name: 'retrieval', before: 94, after: 94, limit: 92, holds: true },
    ]);
  });

  it.each([
    ['heldOutNll', 1.9, 1.901],
    ['replayNll', 1.05, 1.051],
    ['retrieval', 92, 91.9],
    ['taughtExact', 0.5, 0.49],
  ] as const)('holds %s at its border and not beyond', (name, within, beyond) => {
    expect(failing({ [name]: within })).toEqual([]);
    expect(failing({ [name]: beyond })).toEqual([name]);
    expect(judge(before, after({ [name]: beyond })).accepted).toBe(false);
  });

  it.each(['heldOutNll', 'replayNll', 'taughtExact', 'heldOutExact', 'retrieval'] as const)(
    'rejects %s that is no number',
    (name) => {
      expect(failing({ [name]: NaN })).toEqual([name]);
      const isScore = name === 'retrieval' || name === 'taughtExact';
      expect(failing({ [name]: isScore ? -Infinity : Infinity })).toEqual([name]);
    },
  );

  it('rejects everything against measures that are no numbers', () => {
    const nothing = { heldOutNll: NaN, replayNll: NaN, taughtExact: NaN, heldOutExact: NaN, retrieval: NaN };
    expect(judge(nothing, after({})).accepted).toBe(false);
  });

  it('does not judge answers that were taught where all are long', () => {
    const { accepted, table } = judge({ ...before, taughtExact: null }, after({ taughtExact: null }));
    expect(accepted).toBe(true);
    expect(table.map(({ name }) => name)).not.toContain('taughtExact');
  });

  it('lets a replay loss of almost nothing grow by almost nothing', () => {
    const sure = { ...before, replayNll: 0.01 };
    expect(judge(sure, after({ replayNll: 0.03 })).accepted).toBe(true);
    expect(judge(sure, after({ replayNll: 0.031 })).accepted).toBe(false);
  });

  it('takes other limits', () => {
    const loose = { heldOutNll: 2, replayNll: 2, replaySlack: 0, taughtExact: 0.2, retrievalPoints: 50 };
    const bad = after({ heldOutNll: 4, replayNll: 2, retrieval: 44 });
    expect(judge(before, bad, loose).accepted).toBe(true);
  });
});
