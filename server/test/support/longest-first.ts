import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** They start many processes, or train, however few lines they have. */
const longest = /\/journeys\/|\/(?:local-trainer|duckdb-engine|wide-tables)\.test/;

/**
 * Vitest begins with the files that took longest the last time, and on a fresh clone with the largest ones. Then the ones
 * that take longest would come last, and leave all cores but one without work.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- it is the method of a sequencer
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

function isLong({ moduleId }: TestSpecification): boolean {
  return longest.test(moduleId);
}
