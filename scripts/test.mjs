// `npm test`: formatting, lint, types, unused code, then every test that needs only Node. Arguments go to the tests.
import { install, requireNode, root, run } from './prepare.mjs';
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

requireNode();
install({ withDevelopmentTools: true });
if (process.argv.length === 2) {
  console.log('Checking format, lint, types and unused code …');
  run(process.execPath, [join(root, 'scripts/check.mjs')]);
}
console.log('Running the tests …');
const report = join(root, 'node_modules/.test-report.json');
rmSync(report, { force: true });
const { status } = spawnSync(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: 'inherit' },
);
printCounts();
process.exit(status ?? 1);

/** The last line: how many tests passed, failed and were skipped; each skipped test says why in its name. */
function printCounts() {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  const brokenFiles = testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length;
  const skipped = testResults
    .flatMap((file) => file.assertionResults)
    .filter((test) => test.status === 'pending' || test.status === 'skipped');
  for (const test of skipped) console.log(`skipped: ${test.fullName}`);
  const skippedCount = numPendingTests + numTodoTests;
  console.log(
    `${numPassedTests} passed, ${numFailedTests + brokenFiles} failed${skippedCount > 0 ? `, ${skippedCount} skipped` : ''}`,
  );
}
