import { describe, expect, it } from 'vitest';
import { chooseVictims } from '../../../src/services/engine/llama/eviction.ts';

const now = 100_000;
const model = (name: string, bytes: number, idleMs: number) => ({
  name,
  bytes,
  usedAt: now - idleMs,
  isPermanent: name === 'always',
});
const victims = (models: readonly ReturnType<typeof model>[], bytes: number): string[] =>
  chooseVictims(models, { bytes, now }).map(({ name }) => name);

describe('victims of a shortage of memory', () => {
  it('are none when nothing is missing', () => {
    expect(victims([model('a', 10, 10)], 0)).toEqual([]);
  });

  it('are those unused for longest, of models of one size', () => {
    expect(victims([model('new', 10, 1), model('old', 10, 100), model('middle', 10, 50)], 15)).toEqual([
      'old',
      'middle',
    ]);
  });

  it('are those that are quick to load, of models used at the same time', () => {
    expect(victims([model('large', 1000, 10), model('small', 10, 10)], 5)).toEqual(['small']);
  });

  it('spare those whose memory the others make up for', () => {
    expect(victims([model('small', 10, 10), model('large', 1000, 10)], 500)).toEqual(['large']);
  });

  it('are models that are always wanted only when the others do not suffice', () => {
    const models = [model('always', 100, 9999), model('used', 100, 1)];
    expect(victims(models, 50)).toEqual(['used']);
    expect(victims(models, 150)).toEqual(['used', 'always']);
  });

  it('are all when even that is not enough', () => {
    expect(victims([model('a', 10, 1), model('b', 10, 2)], 100)).toHaveLength(2);
  });
});
