import { spawnSync } from 'node:child_process';

/** Runs an evaluation of insights that is also a test, with that seed; gives its exit code. It prints its figures. */
export function evaluateInVitest(name: string, { seed }: { seed: string | undefined }): number {
  const file = `server/test/core/insights/${name}.test.ts`;
  const env = seed === undefined ? process.env : { ...process.env, EVALUATION_SEED: seed };
  const { status } = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', file], {
    env,
    stdio: 'inherit',
  });
  return status ?? 1;
}
