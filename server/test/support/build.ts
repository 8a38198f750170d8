import { execFileSync } from 'node:child_process';

/** Builds every package before the first test: workers, children and journeys run the built program. */
export default function build(): void {
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-b'], { stdio: 'inherit' });
}
