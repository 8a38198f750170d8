import { expect, it } from 'vitest';
import { spareRepeats } from '../../src/process/spare-repeats.ts';

it('tells a failure that goes on once a minute, and any other at once', () => {
  let time = 0;
  const told: string[] = [];
  const report = spareRepeats((what, error) => told.push(`${time} ${what}: ${String(error)}`), { now: () => time });
  for (; time <= 60_000; time += 1_000) report('reading failed', new Error('the database is away'));
  report('reading failed', new Error('the disk is full'));
  report('storing failed', 'the database is away');
  expect(told).toEqual([
    '0 reading failed: Error: the database is away',
    '60000 reading failed: Error: the database is away',
    '61000 reading failed: Error: the disk is full',
    '61000 storing failed: the database is away',
  ]);
});
