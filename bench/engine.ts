import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { greedySampling } from '@billumy/server/models/language-model';
import type { Engine, GeneratePart, GenerateRequest } from '@billumy/server/ports/engine';
import { createLlamaEngine } from '@billumy/server/services/engine/llama/create-llama-engine';
import { createModelFiles } from '@billumy/server/services/model-files/create-model-files';
import { type BenchRow, percentile, toRow } from './row.ts';
import { shape135m, writeSyntheticGguf } from './synthetic-gguf.ts';

const runs = 3;
const clientCounts = [1, 4, 16];
const answerTokens = 64;
/** Characters that make about 64 tokens: the synthetic model takes nearly every character for one. */
const shortPromptCharacters = 40;
const sharedPrefixCharacters = 1000;

/** What others reach with the 135M shape on a quiet 2-core machine, end to end, at 1 / 4 / 16 clients. */
const peers135m = 'node-llama-cpp 130 / 140 / 263, llama-server 148 / 170 / 244 (decode), Ollama 128 / 107 / 112';

/** Tokens per second and time to first token through the engine port, on nano and on a random LLaMA of 162.8M parameters. */
export async function benchEngine(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'billumy-bench-'));
  const large = join(folder, '135m.gguf');
  await writeSyntheticGguf(large, shape135m);
  const files = createModelFiles({
    directory: folder,
    bundledDirectory: resolve('models/nano'),
    baseUrl: 'http://127.0.0.1:1',
    offline: true,
  });
  const engine = createLlamaEngine({ files, maxSlots: Math.max(...clientCounts) });
  try {
    return [
      ...(await benchModel(engine, { model: 'nano', prompt: quotingPrompt, note: 'answers that quote a source' })),
      ...(await benchModel(engine, { model: large, prompt: randomPrompt(shortPromptCharacters), note: peers135m })),
      await benchSharedPrefix(engine, large),
    ];
  } finally {
    await engine[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The text of the question of one client in one run: no two are equal. */
type Prompt = (unique: number) => string;

interface ModelBench {
  model: string;
  prompt: Prompt;
  note: string;
}

async function benchModel(engine: Engine, { model, prompt, note }: ModelBench): Promise<BenchRow[]> {
  await runClients(engine, [request(model, prompt(0))]);
  const label = model === 'nano' ? 'nano' : '135M shape';
  const rows: BenchRow[] = [];
  for (const clients of clientCounts) {
    const speeds: number[] = [];
    const firsts: number[] = [];
    for (let run = 1; run <= runs; run++) {
      const requests = Array.from({ length: clients }, (_, client) =>
        request(model, prompt(run * 1000 + clients * 50 + client)),
      );
      const result = await runClients(engine, requests);
      speeds.push(result.tokensPerSecond);
      firsts.push(percentile(result.firstMs, 0.5));
    }
    const name = `${label}, ${clients} client${clients === 1 ? '' : 's'}`;
    rows.push(toRow({ name: `${name}: end to end`, unit: 'tokens/s', note }, speeds));
    rows.push(toRow({ name: `${name}: first token`, unit: 'ms', note: 'median of the clients' }, firsts));
  }
  return rows;
}

async function benchSharedPrefix(engine: Engine, model: string): Promise<BenchRow> {
  const clients = Math.max(...clientCounts);
  const p95: number[] = [];
  for (let run = 1; run <= runs; run++) {
    const beginning = randomPrompt(sharedPrefixCharacters)(run);
    const requests = Array.from({ length: clients }, (_, client) => request(model, `${beginning} ${client}`));
    p95.push(percentile((await runClients(engine, requests)).firstMs.toSorted(ascending), 0.95));
  }
  const note = 'each client would evaluate the prefix by itself in llama-server';
  return toRow({ name: '135M shape, 16 clients sharing 1,000 tokens: first token p95', unit: 'ms', note }, p95);
}

interface ClientsResult {
  tokensPerSecond: number;
  firstMs: number[];
}

async function runClients(engine: Engine, requests: readonly GenerateRequest[]): Promise<ClientsResult> {
  const startedAt = performance.now();
  const results = await Promise.all(requests.map((one) => runClient(engine, one)));
  const seconds = (performance.now() - startedAt) / 1000;
  const tokens = results.reduce((sum, result) => sum + result.tokens, 0);
  return { tokensPerSecond: tokens / seconds, firstMs: results.map(({ firstMs }) => firstMs).toSorted(ascending) };
}

async function runClient(engine: Engine, one: GenerateRequest): Promise<{ tokens: number; firstMs: number }> {
  const startedAt = performance.now();
  let firstMs: number | undefined;
  let finish: Extract<GeneratePart, { type: 'finish' }> | undefined;
  for await (const part of engine.generate(one, { signal: new AbortController().signal })) {
    firstMs ??= performance.now() - startedAt;
    if (part.type === 'finish') finish = part;
  }
  if (finish === undefined || firstMs === undefined) throw new Error('the engine gave no answer');
  return { tokens: finish.usage.completionTokens, firstMs };
}

function request(model: string, text: string): GenerateRequest {
  return {
    model,
    prompt: { type: 'chat', messages: [{ role: 'user', text }] },
    sampling: { ...greedySampling, maxTokens: answerTokens },
  };
}

/** Different words for each number, so that no prompt is in a slot already. */
function randomPrompt(characters: number): Prompt {
  return (unique) => {
    let state = unique * 2_654_435_761;
    let text = '';
    while (text.length < characters) {
      state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
      text += `${state.toString(36)} `;
    }
    return text.slice(0, characters);
  };
}

function quotingPrompt(unique: number): string {
  const days = 3 + (unique % 27);
  return (
    `[1] Política de entregas ${unique}\nO prazo de entrega para Manaus é de ${days} dias úteis. ` +
    `O frete custa R$ ${unique % 90},50 por volume.\n\nPergunta: Qual é o prazo de entrega para Manaus?`
  );
}

function ascending(first: number, second: number): number {
  return first - second;
}
