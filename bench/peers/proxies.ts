import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type KeptConnection, openKeptConnection } from '../kept-connection.ts';
import { openNoOpEngine } from '../no-op-engine.ts';
import { type BenchRow, percentile, toRow } from '../row.ts';
import type { MeasuredServer } from './measured-server.ts';
import { startBillumyBefore, startLiteLlm } from './servers.ts';

const calls = 300;
const clients = 8;
const loadCalls = 1_600;
const loadRuns = 5;
/** Node compiles what runs often; a proxy that has carried so many calls is as fast as it will be. */
const warmUpCalls = 2_000;

/** What a proxy adds to a call of an engine that does nothing, and how many calls it carries; `liteLlm` is a program. */
export async function benchProxies(liteLlm: string): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'billumy-proxies-'));
  await using engine = await openNoOpEngine();
  const { url } = engine;
  try {
    const direct = { name: 'no proxy', url, model: 'noop', headers: { 'content-type': 'application/json' } };
    const rows = await measure({ ...direct, async [Symbol.asyncDispose]() {} });
    {
      await using billumy = await startBillumyBefore(await mkdtemp(join(folder, 'data-')), url);
      rows.push(...(await measure(billumy)));
    }
    await using proxy = await startLiteLlm(liteLlm, await writeConfig(folder, url));
    rows.push(...(await measure(proxy)));
    return rows;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeConfig(folder: string, url: string): Promise<string> {
  const path = join(folder, 'litellm.yaml');
  await writeFile(
    path,
    `model_list:\n  - model_name: noop\n    litellm_params:\n      model: openai/noop\n      api_base: ${url}/v1\n      api_key: none\n`,
  );
  return path;
}

async function measure({ name, url, headers, model }: MeasuredServer): Promise<BenchRow[]> {
  const token = headers['authorization']?.slice('Bearer '.length) ?? 'none';
  const connections = Array.from({ length: clients }, () => openKeptConnection(url, token));
  const body = { model, messages: [{ role: 'user', content: 'Olá' }], max_tokens: 8 };
  const chat = (connection: KeptConnection | undefined) => connection?.post('/v1/chat/completions', body);
  const callAll = (count: number): Promise<void[]> =>
    Promise.all(
      connections.map(async (connection) => {
        for (let call = 0; call < count / clients; call++) await chat(connection);
      }),
    );
  await callAll(warmUpCalls);
  const waited: number[] = [];
  for (let call = 0; call < calls; call++) {
    const startedAt = performance.now();
    await chat(connections[0]);
    waited.push(performance.now() - startedAt);
  }
  const perSecond: number[] = [];
  for (let run = 0; run < loadRuns; run++) {
    const startedAt = performance.now();
    await callAll(loadCalls);
    perSecond.push(loadCalls / ((performance.now() - startedAt) / 1000));
  }
  for (const connection of connections) connection.close();
  waited.sort((first, second) => first - second);
  const note = `an engine that does nothing, ${calls} calls; p95 ${percentile(waited, 0.95).toFixed(2)}`;
  return [
    toRow({ name: `one call of /v1/chat/completions: ${name}`, unit: 'ms', note }, waited),
    toRow({ name: `calls per second, ${clients} clients: ${name}`, unit: 'calls/s', note: '' }, perSecond),
  ];
}
