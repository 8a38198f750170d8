import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type KeptConnection, openKeptConnection } from './kept-connection.ts';
import { residentMegabytes, startedWith } from './memory.ts';
import { openNoOpEngine } from './no-op-engine.ts';
import { firstChunkMs } from './first-chunk.ts';
import type { MeasuredServer } from './peers/measured-server.ts';
import { freePort, startBillumyBefore } from './peers/servers.ts';
import { percentile, toRow, type BenchRow } from './row.ts';
import { startNginx, startServers } from './servers.ts';

const warmUpCalls = 200;
const loadCalls = 1_600;
const loadRuns = 5;
const clients = 16;
const firstTokenCalls = 300;

/** What nginx adds, what a second service brings, and what memory each part takes; the engine does nothing. */
export async function benchStack(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'billumy-stack-'));
  const servers = await startServers({ names: ['opensearch', 'mongodb', 'redis'], report: () => undefined });
  await using engine = await openNoOpEngine();
  const settings = {
    MONGO_URL: servers.urls.mongodb!,
    REDIS_URL: servers.urls.redis!,
    OPENSEARCH_URL: servers.urls.opensearch!,
  };
  try {
    await using one = await startBillumyBefore(join(folder, 'one'), engine.url, settings);
    await using other = await startBillumyBefore(join(folder, 'other'), engine.url, settings);
    await using alone = await behindNginx(join(folder, 'nginx-1'), [one]);
    await using both = await behindNginx(join(folder, 'nginx-2'), [one, other]);
    return [
      ...(await firstTokens({ direct: one, proxied: alone })),
      ...(await throughput([alone, both])),
      ...memory(both),
    ];
  } finally {
    await servers.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Front extends MeasuredServer {
  pid: number;
}

async function behindNginx(folder: string, replicas: readonly MeasuredServer[]): Promise<Front> {
  const port = await freePort();
  const addresses = replicas.map(({ url }) => new URL(url).host);
  const nginx = await startNginx({ folder, host: '127.0.0.1', port, replicas: addresses });
  return {
    ...replicas[0]!,
    name: replicas.length === 1 ? 'one service' : `${replicas.length} services`,
    url: `http://127.0.0.1:${port}`,
    pid: nginx.child.pid ?? 0,
    [Symbol.asyncDispose]: () => nginx.stop(),
  };
}

/** In turns, so that both see the same machine. */
async function firstTokens({ direct, proxied }: { direct: MeasuredServer; proxied: Front }): Promise<BenchRow[]> {
  const waited = { direct: [] as number[], proxied: [] as number[] };
  for (let call = 0; call < warmUpCalls / 4; call += 1)
    for (const server of [direct, proxied]) await firstChunkMs(server);
  for (let call = 0; call < firstTokenCalls; call += 1) {
    waited.direct.push(await firstChunkMs(direct));
    waited.proxied.push(await firstChunkMs(proxied));
  }
  const [without, through] = [waited.direct, waited.proxied].map((times) => times.toSorted((a, b) => a - b));
  const added = [0.5, 0.95].map((share) => percentile(through!, share) - percentile(without!, share));
  const how = `${firstTokenCalls} streams of /v1/chat/completions, in turns`;
  return [
    toRow(
      { name: 'first token, without nginx', unit: 'ms', note: `${how}; p95 ${percentile(without!, 0.95).toFixed(2)}` },
      without!,
    ),
    toRow(
      { name: 'first token, through nginx', unit: 'ms', note: `${how}; p95 ${percentile(through!, 0.95).toFixed(2)}` },
      through!,
    ),
    toRow({ name: 'what nginx adds to the p50 of the first token', unit: 'ms', note: '' }, [added[0]!]),
    toRow({ name: 'what nginx adds to the p95 of the first token', unit: 'ms', note: 'goal ≤ 20' }, [added[1]!]),
  ];
}

/** In turns; every client has an address of its own, because nginx limits what comes from one. */
async function throughput(fronts: readonly Front[]): Promise<BenchRow[]> {
  const perSecond = fronts.map((): number[] => []);
  for (let run = 0; run < loadRuns; run += 1) {
    for (const [index, front] of fronts.entries()) perSecond[index]!.push(await callsPerSecond(front));
  }
  return fronts.map(({ name }, index) =>
    toRow(
      {
        name: `calls per second through nginx, ${clients} clients: ${name}`,
        unit: 'calls/s',
        note: `/v1/chat/completions; clients, nginx, services and servers on the same cores`,
      },
      perSecond[index]!,
    ),
  );
}

async function callsPerSecond({ url, headers, model }: Front): Promise<number> {
  const token = headers['authorization']!.slice('Bearer '.length);
  const connections = Array.from({ length: clients }, (_, client) =>
    openKeptConnection(url, token, { localAddress: `127.0.1.${client + 1}` }),
  );
  const body = { model, messages: [{ role: 'user', content: 'Olá' }], max_tokens: 8 };
  const chat = (connection: KeptConnection) => connection.post('/v1/chat/completions', body);
  const startedAt = performance.now();
  await Promise.all(
    connections.map(async (connection) => {
      for (let call = 0; call < loadCalls / clients; call += 1) await chat(connection);
    }),
  );
  const seconds = (performance.now() - startedAt) / 1000;
  for (const connection of connections) connection.close();
  return loadCalls / seconds;
}

function memory(nginx: Front): BenchRow[] {
  const parts = {
    'one service': startedWith('server/dist/main.js').map(residentMegabytes),
    nginx: [residentMegabytes(nginx.pid)],
    OpenSearch: startedWith('opensearch').map(residentMegabytes),
    'the MongoDB server of the tests': startedWith('mongodb').map(residentMegabytes),
    Redis: startedWith('redis').map(residentMegabytes),
  };
  return Object.entries(parts).map(([name, megabytes]) =>
    toRow({ name: `memory of ${name}`, unit: 'MB', note: 'after the calls above, with its children' }, megabytes),
  );
}
