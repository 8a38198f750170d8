import { spawnSync } from 'node:child_process';

/**
 * Compiles what changed before the first test: workers, children and journeys run the built program. A type error
 * does not stop the tests of a part that is being worked on: `npm run check` reports it.
 */
export default function build(): void {
  spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-b', 'cli'], { stdio: 'inherit' });
}
