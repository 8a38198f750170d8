// `npm test`: formatting, lint, types, unused code, then every test that needs only Node. Arguments go to the tests.
import { recordContracts } from './contract-results.mjs';
import { install, requireNode, root, run } from './prepare.mjs';
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';

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

/** The last lines: which tests failed and why, which were skipped (each says why in its name), and the counts of all. */
function printCounts() {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  const brokenFiles = testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length;
  recordContracts(testResults);
  for (const file of testResults) {
    const failures = file.assertionResults.filter((test) => test.status === 'failed');
    for (const { fullName, failureMessages } of failures)
      console.log(`failed: ${relative(root, file.name)}: ${fullName}: ${failureMessages.join(' ').slice(0, 500)}`);
    if (file.status === 'failed' && failures.length === 0)
      console.log(`failed: ${relative(root, file.name)}: ${file.message}`);
  }
  const skipped = testResults
    .flatMap((file) => file.assertionResults)
    .filter((test) => test.status === 'pending' || test.status === 'skipped');
  for (const test of skipped) console.log(`skipped: ${test.fullName}`);
  const skippedCount = numPendingTests + numTodoTests;
  console.log(
    `${numPassedTests} passed, ${numFailedTests + brokenFiles} failed${skippedCount > 0 ? `, ${skippedCount} skipped` : ''}`,
  );
}
