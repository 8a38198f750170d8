import { describe, expect, it } from 'vitest';
import { backOffMs } from '../../../../src/services/search/opensearch/rest/back-off.ts';

describe('backing off', () => {
  it('waits for anything up to a bound that doubles, and never longer than two seconds', () => {
    const attempts = [0, 1, 2, 3, 4, 5, 6, 60];
    expect(attempts.map((attempt) => backOffMs(attempt, () => 1))).toEqual([
      100, 200, 400, 800, 1_600, 2_000, 2_000, 2_000,
    ]);
    expect(attempts.map((attempt) => backOffMs(attempt, () => 0))).toEqual(attempts.map(() => 0));
  });
});
