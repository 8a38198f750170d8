import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Answer, connect, uploadFiles } from '@billumy/protocol';
import { type KeptConnection, openKeptConnection } from './kept-connection.ts';
import { residentMegabytes } from './memory.ts';
import { toRow, type BenchRow } from './row.ts';
import { accessToken, signIn, start, stop } from './started-service.ts';

const root = new URL('../../', import.meta.url).pathname;
const startRuns = 9;
const askRuns = 200;
/** Node compiles what runs often: a service that has answered so many requests is as fast as it will be. */
const warmUpRuns = 1_000;

/** The service as a whole: start, memory at rest, size of an install, and what it adds to a generation. */
export async function benchService(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'billumy-bench-'));
  try {
    const first = await start(folder);
    const connection = await signIn(first.url);
    await uploadFiles(connection, { files: [document()], collection: 'bench', waitSeconds: 60 });
    await stop(first);
    return [
      ...(await measureStarts(folder)),
      ...(await measureTurn(folder)),
      ...(await measureOverhead(folder)),
      measureInstall(),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function document(): File {
  const lines = Array.from({ length: 40 }, (_, index) => `A filial ${index} fica na sala ${1000 + index}.`);
  return new File([`# Filiais\n\n${lines.join('\n\n')}\n`], 'filiais.md');
}

async function measureStarts(folder: string): Promise<BenchRow[]> {
  const readyMs: number[] = [];
  const used: number[] = [];
  for (let run = 0; run < startRuns; run++) {
    const service = await start(folder);
    readyMs.push(service.readyMs);
    await connect({ url: service.url }).json('/health/ready');
    used.push(residentMegabytes(service.process.pid ?? 0));
    await stop(service);
  }
  return [
    toRow({ name: 'start to ready', unit: 'ms', note: `second start, ${startRuns} runs; goal ≤ 1,000` }, readyMs),
    toRow(
      {
        name: 'RSS idle without a model',
        unit: 'MB',
        note: `main process and its children, ${startRuns} runs; goal ≤ 200`,
      },
      used,
    ),
  ];
}

/**
 * What HTTP, authentication and storage take of a turn: a greeting is answered with a fixed text, and stored durably like
 * every turn, without retrieval or a model. An empty request beside it shows what of this is HTTP.
 */
async function measureTurn(folder: string): Promise<BenchRow[]> {
  const service = await start(folder);
  const connection = openKeptConnection(service.url, await accessToken(service.url));
  const empty: number[] = [];
  const turns: number[] = [];
  for (let run = -warmUpRuns; run < askRuns; run++) {
    const emptyMs = await waitedMs(() => connection.get('/health'));
    const turnMs = await waitedMs(() => connection.post('/ask/question', { question: 'Olá!' }));
    if (run < 0) continue;
    empty.push(emptyMs);
    turns.push(turnMs);
  }
  connection.close();
  await stop(service);
  const note = `a greeting, ${askRuns} times over a kept connection, after ${warmUpRuns} others; goal ≤ 1`;
  return [
    toRow({ name: 'an empty request', unit: 'ms', note: 'GET /health over the same connection' }, empty),
    toRow({ name: 'HTTP, authentication and storage of one turn', unit: 'ms', note }, turns),
  ];
}

async function waitedMs(request: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await request();
  return performance.now() - started;
}

/**
 * What the service adds to a generation by nano: the time a client waits, less the time the engine evaluates and
 * generates as it reports them. Each question is new, so no answer comes from the cache; then all are asked again.
 */
async function measureOverhead(folder: string): Promise<BenchRow[]> {
  const service = await start(folder);
  const connection = openKeptConnection(service.url, await accessToken(service.url));
  const ask = (run: number): Promise<string> =>
    connection.post('/ask/question', {
      question: `Em que sala fica a filial ${run % 40}, na consulta ${run}?`,
      collections: ['bench'],
    });
  const added: number[] = [];
  const retrieval: number[] = [];
  const cached: { soon: number[]; later: number[] } = { soon: [], later: [] };
  for (let run = 0; run < askRuns; run++) {
    const before = await engineMs(connection);
    const started = performance.now();
    const answer = JSON.parse(await ask(run)) as Answer;
    const waited = performance.now() - started;
    added.push(waited - ((await engineMs(connection)) - before));
    retrieval.push(answer.timings.retrieve_ms);
    cached.soon.push(await waitedMs(() => ask(run)));
  }
  for (let run = 0; run < askRuns; run++) cached.later.push(await waitedMs(() => ask(run)));
  connection.close();
  await stop(service);
  const note = `${askRuns} new questions to nano, one client`;
  return [
    toRow({ name: 'what HTTP, auth, retrieval, citing and storage add to one generation', unit: 'ms', note }, added),
    toRow({ name: 'of which retrieval', unit: 'ms', note }, retrieval),
    toRow({ name: 'cached answer', unit: 'ms', note: `${note}, all asked again afterwards; goal ≤ 3` }, cached.later),
    toRow(
      {
        name: 'cached answer, right after a generation',
        unit: 'ms',
        note: `${note}, each asked again at once, while the caches of the processor hold the model`,
      },
      cached.soon,
    ),
  ];
}

async function engineMs(connection: KeptConnection): Promise<number> {
  const text = await connection.get('/metrics');
  const sums = text.matchAll(/^billumy_generation_seconds_sum\{[^}]*\} (\S+)$/gm);
  return [...sums].reduce((sum, [, seconds]) => sum + Number(seconds) * 1000, 0);
}

function measureInstall(): BenchRow {
  const folder = mkdtempSync(join(tmpdir(), 'billumy-install-'));
  try {
    for (const name of [
      'package.json',
      'package-lock.json',
      'protocol/package.json',
      'server/package.json',
      'cli/package.json',
      'tools',
    ]) {
      cpSync(join(root, name), join(folder, name), { recursive: true });
    }
    execFileSync('npm', ['ci', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--silent'], {
      cwd: folder,
    });
    execFileSync(process.execPath, [join(root, 'scripts/prune-packages.mjs'), join(folder, 'node_modules')]);
    const megabytes = Number(
      execFileSync('du', ['-sm', join(folder, 'node_modules')], { encoding: 'utf8' }).split('\t')[0],
    );
    return toRow({ name: 'install size', unit: 'MB', note: 'production packages; goal ≤ 250' }, [megabytes]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
