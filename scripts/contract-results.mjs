// Remembers how the contracts of the ports went, adapter by adapter, over the runs of the tests: `docs/adapters.md` is made of it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './prepare.mjs';

const file = join(root, 'node_modules/.contract-results.json');

/**
 * @typedef {{ port: string, adapter: string, passed: number, failed: number, deviations: string[] }} ContractResult
 * `deviations` are the promises that the adapter does not keep, with the reason; a test holds it to that.
 */

/** @returns {ContractResult[]} of the last run of each contract on each adapter, sorted */
export function readContracts() {
  if (!existsSync(file)) return [];
  const results = Object.values(JSON.parse(readFileSync(file, 'utf8')));
  return results.toSorted((a, b) => compare(a.port, b.port) || compare(a.adapter, b.adapter));
}

/** Adds what a run of vitest reported; contracts whose server was missing keep their last result. */
export function recordContracts(testResults) {
  const results = Object.fromEntries(readContracts().map((result) => [keyOf(result), result]));
  for (const [key, result] of Object.entries(contractsOf(testResults))) results[key] = result;
  writeFileSync(file, JSON.stringify(results));
}

/** @returns {Record<string, ContractResult>} */
function contractsOf(testResults) {
  const contracts = {};
  for (const { ancestorTitles, title, status } of testResults.flatMap((each) => each.assertionResults)) {
    const [, port, adapter] = ancestorTitles.map((name) => /^(.+) contract: (.+)$/.exec(name)).find(Boolean) ?? [];
    if (port === undefined || (status !== 'passed' && status !== 'failed')) continue;
    const result = (contracts[keyOf({ port, adapter })] ??= { port, adapter, passed: 0, failed: 0, deviations: [] });
    result[status] += 1;
    const deviation = /^(.*) \(deviates: (.*)\)$/.exec(title);
    if (deviation !== null) result.deviations.push(`${deviation[1]}: ${deviation[2]}`);
  }
  return contracts;
}

function keyOf({ port, adapter }) {
  return `${port}|${adapter}`;
}

function compare(a, b) {
  return a < b ? -1 : Number(a > b);
}
