// `docs/adapters.md`: every port, its adapters, and how its contract went on each in the runs of the tests so far. Says whether the page is
// what the tests found; with --write, makes it so. Run after all suites: `npm test`, `npm run test:distributed`, and those with engines.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readContracts } from './contract-results.mjs';
import { root } from './prepare.mjs';

const page = join(root, 'docs/adapters.md');
const rendered = render(readContracts());
if (process.argv.includes('--write')) writeFileSync(page, rendered);
const holds = readFileSync(page, 'utf8') === rendered;
console.log(`${holds ? 'ok  ' : 'FAIL'} docs/adapters.md is what the tests found`);
if (!holds) console.log('Run all suites, then: node scripts/adapters-table.mjs --write');
console.log(`${holds ? 1 : 0} passed, ${holds ? 0 : 1} failed`);
process.exit(holds ? 0 : 1);

function render(results) {
  const heads = ['Port', 'Adapter', 'Tests that hold', 'Failed', 'Deviations'];
  const rows = results.map(({ port, adapter, passed, failed, deviations }) =>
    [port, adapter, passed, failed, deviations.length === 0 ? '' : deviations.length].map(String),
  );
  const deviating = results.filter(({ deviations }) => deviations.length > 0);
  const notes = deviating.map(
    ({ port, adapter, deviations }) =>
      `**${port}, ${adapter}**\n\n${deviations.map((deviation) => `- ${deviation}\n`).join('')}`,
  );
  return `# Ports and their adapters

Made by the tests (\`node scripts/adapters-table.mjs --write\`). Each port has one contract (\`server/test/contracts/\`), which every adapter
passes, on the real thing and with two clients where it is shared. A deviation is a promise that an adapter does not keep: its test must
really fail.

${table([heads, ...rows])}
${notes.length === 0 ? '' : `\n## Deviations\n\n${notes.join('\n')}`}`;
}

/** Aligned as the formatter does it. */
function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(3, ...rows.map((row) => row[column].length)));
  const line = (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  const [heads, ...others] = rows.map(line);
  return [heads, line(widths.map((width) => '-'.repeat(width))), ...others].join('\n');
}
