import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BenchRow, toRow } from '../row.ts';
import { type SyntheticShape, writeSyntheticGguf } from '../synthetic-gguf.ts';
import { complete, type CompletionText } from './completion-client.ts';
import type { MeasuredServer, ServedModel } from './measured-server.ts';
import { startBillumy, startLlamaServer, startOllama } from './servers.ts';

/** Programs to stand beside, by their paths. */
export interface Peers {
  /** Of the llama.cpp release that node-llama-cpp contains. */
  llamaServer: string;
  ollama: string | undefined;
}

export const slots = 16;
const threads = 2;

/** Runs the measurement with every server up on the same file; they are asked in turns, so the others are idle. */
export async function sideBySide<T>(
  { llamaServer, ollama }: Peers,
  model: ServedModel,
  measure: (servers: readonly MeasuredServer[]) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'billumy-peers-'));
  const servers: MeasuredServer[] = [];
  try {
    servers.push(await startBillumy(await mkdtemp(join(folder, 'data-')), model));
    servers.push(await startLlamaServer(llamaServer, model));
    if (ollama !== undefined) servers.push(await startOllama(ollama, await mkdtemp(join(folder, 'ollama-')), model));
    for (const server of servers) await complete(server, { prompt: 'warm up', maxTokens: 4 });
    return await measure(servers);
  } finally {
    for (const server of servers) await server[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The same, on a model of random weights. */
export async function onShape<T>(
  peers: Peers,
  shape: SyntheticShape,
  measure: (servers: readonly MeasuredServer[]) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'billumy-shape-'));
  try {
    const path = join(folder, 'model.gguf');
    await writeSyntheticGguf(path, shape);
    return await sideBySide(peers, { path, contextTokens: shape.contextTokens, slots, threads }, measure);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export interface Figure {
  name: string;
  unit: string;
  note: string;
}

/** Measures each server once a run, in turns, and gives a row for each; what came is told as it comes. */
export async function inTurns(
  servers: readonly MeasuredServer[],
  { runs, figures }: { runs: number; figures: readonly Figure[] },
  measure: (server: MeasuredServer, run: number) => Promise<readonly number[]>,
): Promise<BenchRow[]> {
  const measured = servers.map(() => figures.map((): number[] => []));
  for (let run = 0; run < runs; run++) {
    for (const [index, server] of servers.entries()) {
      const values = await measure(server, run);
      for (const [figure, value] of values.entries()) measured[index]?.[figure]?.push(value);
    }
  }
  return figures.flatMap(({ name, unit, note }, figure) =>
    servers.map((server, index) => {
      const row = toRow({ name: `${name}: ${server.name}`, unit, note }, measured[index]?.[figure] ?? []);
      console.log(`${row.name}: ${row.median} ${row.unit}`);
      return row;
    }),
  );
}

let unique = 0;

/** Different words each time, so that no prompt is in a slot already. */
export function uniqueTexts(count: number, { characters, maxTokens }: { characters: number; maxTokens: number }) {
  return Array.from({ length: count }, (): CompletionText => {
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
