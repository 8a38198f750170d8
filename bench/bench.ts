import { recordSection } from './results-file.ts';
import { toTable, type BenchRow } from './row.ts';

const suites: Record<string, () => Promise<BenchRow[]>> = {
  service: async () => (await import('./service.ts')).benchService(),
  ask: async () => (await import('./ask.ts')).benchAsk(),
  search: async () => (await import('./search.ts')).benchSearch(),
  engine: async () => (await import('./engine.ts')).benchEngine(),
  insights: async () => (await import('./insights.ts')).benchInsights(),
  training: async () => (await import('./training.ts')).benchTraining(process.env['PEFT_PYTHON']),
  'insights engine': async () => (await import('./insights-engine.ts')).benchInsightsEngine(),
  // These start servers of Debian and of Maven.
  'search, OpenSearch': async () => (await import('./search.ts')).benchSearchServer(),
  stack: async () => (await import('./stack.ts')).benchStack(),
};
// Beside programs that are not in the package: only when they are there.
const { LLAMA_SERVER: llamaServer, OLLAMA: ollama, LITELLM: liteLlm } = process.env;
if (llamaServer !== undefined) {
  const peers = { llamaServer, ollama };
  suites['peers, 135M shape'] = async () => (await import('./peers/shapes.ts')).bench135m(peers);
  suites['peers, 1B shape'] = async () => (await import('./peers/shapes.ts')).bench1b(peers);
  suites['peers, prefixes'] = async () => (await import('./peers/prefixes.ts')).benchPrefixes(peers);
  suites['peers, quoting'] = async () => (await import('./peers/quoting.ts')).benchQuoting(peers);
}
if (liteLlm !== undefined) {
  suites['proxies'] = async () => (await import('./peers/proxies.ts')).benchProxies(liteLlm);
}

const results = new URL('../RESULTS.md', import.meta.url);
const asked = process.argv.slice(2);

for (const name of asked.length === 0 ? Object.keys(suites) : asked) {
  const run = suites[name];
  if (run === undefined) throw new Error(`no such benchmark: ${name} (there are ${Object.keys(suites).join('; ')})`);
  const rows = await run();
  console.log(`\n## ${name}\n\n${toTable(rows)}`);
  await recordSection(results, name, rows);
}
