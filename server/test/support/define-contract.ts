import { afterAll, describe, expect, it } from 'vitest';

/** A promise of the port that one adapter does not keep: the named test must really fail, for the reason given. */
export interface Deviation {
  test: string;
  reason: string;
}

type Declare = (name: string, run: () => Promise<void> | void) => void;

/** A contract: the tests that every adapter of a port passes, whatever is behind it. */
export function defineContract<H extends { deviations?: readonly Deviation[] }>(
  port: string,
  body: (contract: Declare, harness: H) => void,
): (adapter: string, harness: H) => void {
  return (adapter, harness) =>
    describe(`${port} contract: ${adapter}`, () => {
      const declared = new Set<string>();
      const excused = new Map(harness.deviations?.map((deviation) => [deviation.test, deviation.reason]));
      body((name, run) => {
        declared.add(name);
        const reason = excused.get(name);
        // An excuse that is no longer needed fails.
        const declare = reason === undefined ? it : it.fails;
        declare(reason === undefined ? name : `${name} (deviates: ${reason})`, run);
      }, harness);
      afterAll(() => {
        expect(
          [...excused.keys()].filter((name) => !declared.has(name)),
          'deviations that name no test',
        ).toEqual([]);
      });
    });
}
