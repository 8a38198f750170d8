import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type BenchRow, percentile, toRow } from '../row.ts';
import { shape135m, shape1b, type SyntheticShape, writeSyntheticGguf } from '../synthetic-gguf.ts';
import { complete, completeAll, type CompletionText } from './completion-client.ts';
import { measureProxies } from './proxies.ts';
import { type MeasuredServer, type ServedModel, startBillumy, startLlamaServer } from './servers.ts';

const runs = 3;
const clientCounts = [1, 4, 16];
const slots = 16;
const threads = 2;
const shortPromptCharacters = 40;
const sharedPrefixCharacters = 1000;

/**
 * Billumy and llama-server over HTTP, on the same files, threads and slots, in turns. Needs LLAMA_SERVER, the path of a
 * llama-server of the llama.cpp release inside node-llama-cpp; with LITELLM, the path of the `litellm` program, the proxies too.
 */
export async function benchPeers(): Promise<BenchRow[]> {
  const binary = process.env['LLAMA_SERVER'];
  if (binary === undefined) throw new Error('set LLAMA_SERVER to the path of a llama-server');
  const folder = await mkdtemp(join(tmpdir(), 'billumy-peers-'));
  try {
    const rows: BenchRow[] = [];
    for (const [label, shape, tokens] of [
      ['135M shape', shape135m, 64],
      ['1B shape', shape1b, 24],
    ] as const) {
      rows.push(...(await benchShape({ label, shape, tokens, folder, binary })));
    }
    rows.push(...(await benchQuoting({ folder, binary })));
    rows.push(...(await measureProxies(folder)));
    return rows;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface ShapeBench {
  label: string;
  shape: SyntheticShape;
  /** Of each answer. */
  tokens: number;
  folder: string;
  binary: string;
}

async function benchShape({ label, shape, tokens, folder, binary }: ShapeBench): Promise<BenchRow[]> {
  const path = join(folder, `${label.replaceAll(/\W/g, '-')}.gguf`);
  await writeSyntheticGguf(path, shape);
  const model = { path, contextTokens: shape.contextTokens, slots, threads };
  return onBoth({ folder, binary, model }, async (servers) => {
    const rows: BenchRow[] = [];
    for (const clients of clientCounts) rows.push(...(await benchClients(servers, { label, clients, tokens })));
    // On two cores a peer would evaluate these prefixes for a quarter of an hour.
    if (shape === shape1b) return rows;
    rows.push(...(await benchSharedPrefix(servers, { label, tokens })));
    rows.push(...(await benchWarmPrefix(servers, { label })));
    return rows;
  });
}

/** Runs the measurement with both servers up; they are asked in turns, so the other is idle. */
async function onBoth<T>(
  { folder, binary, model }: { folder: string; binary: string; model: ServedModel },
  measure: (servers: readonly MeasuredServer[]) => Promise<T>,
): Promise<T> {
  await using billumy = await startBillumy(await mkdtemp(join(folder, 'data-')), model);
  await using peer = await startLlamaServer(binary, model);
  const servers = [billumy, peer];
  for (const server of servers) await complete(server, { prompt: 'warm up', maxTokens: 4 });
  return await measure(servers);
}

async function benchClients(
  servers: readonly MeasuredServer[],
  { label, clients, tokens }: { label: string; clients: number; tokens: number },
): Promise<BenchRow[]> {
  const speeds = servers.map((): number[] => []);
  const firsts = servers.map((): number[] => []);
  for (let run = 0; run < runs; run++) {
    for (const [index, server] of servers.entries()) {
      const texts = uniqueTexts(clients, shortPromptCharacters, tokens);
      const { tokensPerSecond, firstMs } = await completeAll(server, texts);
      speeds[index]?.push(tokensPerSecond);
      firsts[index]?.push(percentile(firstMs, 0.5));
    }
  }
  const name = `${label}, ${clients} client${clients === 1 ? '' : 's'}`;
  return servers.flatMap((server, index) => [
    toRow({ name: `${name}: ${server.name}`, unit: 'tokens/s', note: 'end to end' }, speeds[index] ?? []),
    toRow({ name: `${name}: ${server.name}, first token`, unit: 'ms', note: 'median' }, firsts[index] ?? []),
  ]);
}

async function benchSharedPrefix(
  servers: readonly MeasuredServer[],
  { label, tokens }: { label: string; tokens: number },
): Promise<BenchRow[]> {
  const p95 = servers.map((): number[] => []);
  for (let run = 0; run < runs; run++) {
    for (const [index, server] of servers.entries()) {
      const [{ prompt: beginning } = { prompt: '' }] = uniqueTexts(1, sharedPrefixCharacters, tokens);
      const texts = Array.from({ length: slots }, (_, client) => ({
        prompt: `${beginning} ${client}`,
        maxTokens: tokens,
      }));
      p95[index]?.push(percentile((await completeAll(server, texts)).firstMs, 0.95));
    }
  }
  const name = `${label}, ${slots} clients sharing 1,000 tokens, first token p95`;
  return servers.map((server, index) =>
    toRow({ name: `${name}: ${server.name}`, unit: 'ms', note: 'goal ≤ 0.2 of llama-server' }, p95[index] ?? []),
  );
}

/** A prefix seen before, after so many others that it has left the slots. */
async function benchWarmPrefix(servers: readonly MeasuredServer[], { label }: { label: string }): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const server of servers) {
    const cold: number[] = [];
    const warm: number[] = [];
    const evicted: number[] = [];
    for (let run = 0; run < runs; run++) {
      const [text] = uniqueTexts(1, sharedPrefixCharacters, 2);
      if (text === undefined) continue;
      cold.push((await complete(server, text)).firstMs);
      warm.push((await complete(server, { ...text, prompt: `${text.prompt} again` })).firstMs);
      for (const other of uniqueTexts(slots + 2, 200, 2)) await complete(server, other);
      evicted.push((await complete(server, { ...text, prompt: `${text.prompt} later` })).firstMs);
    }
    const name = `${label}, 1,000 tokens of prefix, first token: ${server.name}`;
    rows.push(toRow({ name: `${name}, cold`, unit: 'ms', note: '' }, cold));
    rows.push(toRow({ name: `${name}, warm`, unit: 'ms', note: 'goal ≤ 0.1 of cold' }, warm));
    rows.push(toRow({ name: `${name}, after ${slots + 2} other prompts`, unit: 'ms', note: '' }, evicted));
  }
  return rows;
}

/** Answers that copy a sentence of their source, by nano. */
async function benchQuoting({ folder, binary }: { folder: string; binary: string }): Promise<BenchRow[]> {
  const model = { path: resolve('models/nano/nano.gguf'), contextTokens: 2048, slots, threads: 1 };
  return onBoth({ folder, binary, model }, async (servers) => {
    const speeds = servers.map((): number[] => []);
    for (let run = 0; run < runs * 5; run++) {
      for (const [index, server] of servers.entries()) {
        speeds[index]?.push(
          (await completeAll(server, [{ prompt: quotingPrompt(run), maxTokens: 48 }])).tokensPerSecond,
        );
      }
    }
    return servers.map((server, index) =>
      toRow(
        {
          name: `an answer that quotes its source, nano: ${server.name}`,
          unit: 'tokens/s',
          note: 'goal ≥ 1.5 of llama-server',
        },
        speeds[index] ?? [],
      ),
    );
  });
}

let unique = 0;

/** Different words each time, so that no prompt is in a slot already. */
function uniqueTexts(count: number, characters: number, maxTokens: number): CompletionText[] {
  return Array.from({ length: count }, () => {
    unique++;
    let state = unique * 2_654_435_761;
    let prompt = '';
    while (prompt.length < characters) {
      state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
      prompt += `${state.toString(36)} `;
    }
    return { prompt: prompt.slice(0, characters), maxTokens };
  });
}

/** In the form that nano was trained on. */
function quotingPrompt(run: number): string {
  const days = 3 + (run % 27);
  const source =
    `[1] Política de entregas ${run}\nO prazo de entrega para Manaus, contado a partir da confirmação do pagamento pela ` +
    `área financeira da empresa, é de ${days} dias úteis.`;
  const system =
    'Responda à pergunta usando apenas as fontes. Cite a fonte como [n]. Se as fontes não respondem, diga que não sabe.';
  const turns = [
    ['system', system],
    ['user', `${source}\n\nPergunta: Qual é o prazo de entrega para Manaus?`],
  ];
  const spoken = turns
    .map(([role, text]) => `<|start_header_id|>${role}<|end_header_id|>\n\n${text}<|eot_id|>`)
    .join('');
  return `${spoken}<|start_header_id|>assistant<|end_header_id|>\n\n`;
}
