import { writeFile } from 'node:fs/promises';
import { describeMachine, toTable, type BenchRow } from './row.ts';

const suites: Record<string, () => Promise<BenchRow[]>> = {
  service: async () => (await import('./service.ts')).benchService(),
  ask: async () => (await import('./ask.ts')).benchAsk(),
  search: async () => (await import('./search.ts')).benchSearch(),
  engine: async () => (await import('./engine.ts')).benchEngine(),
};
// Beside programs that are not in the package: only when they are there.
if (process.env['LLAMA_SERVER'] !== undefined) {
  suites['peers'] = async () => (await import('./peers/peers.ts')).benchPeers();
}

const results = new URL('../RESULTS.md', import.meta.url);
const asked = process.argv.slice(2);
const chosen = asked.length === 0 ? Object.keys(suites) : asked;

const sections: string[] = [];
for (const name of chosen) {
  const run = suites[name];
  if (run === undefined) throw new Error(`no such benchmark: ${name} (there are ${Object.keys(suites).join(', ')})`);
  const table = toTable(await run());
  console.log(`\n## ${name}\n\n${table}`);
  sections.push(`## ${name}\n\n${table}\n`);
}

// Only a complete run is recorded, so that all figures are of one machine and one day.
if (asked.length === 0) {
  const date = new Date().toISOString().slice(0, 10);
  await writeFile(
    results,
    `# Measured figures\n\n${date}, ${describeMachine()}. Made by \`npm run bench\`.\n\n${sections.join('\n')}`,
  );
}
