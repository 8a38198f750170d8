import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { isCountedApart, isolation } from '../../src/process/isolation.ts';
import { startLimitedProcess, type LimitedProcess, type ProcessDeath } from '../../src/process/limited-process.ts';
import { watchMemory } from '../../src/process/watch-memory.ts';
import { eventually } from '../support/eventually.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const module = fileURLToPath(new URL('../support/limited-child.mjs', import.meta.url));

interface Started extends LimitedProcess<object> {
  replies: unknown[];
  deaths: unknown[];
}

function start(limits: { cpuSeconds?: number; memoryMegabytes?: number } = {}): Started {
  const replies: unknown[] = [];
  const deaths: unknown[] = [];
  const child = startLimitedProcess<object, unknown>({
    module,
    limits: { cpuSeconds: 60, memoryMegabytes: 512, openFiles: 64, fileBytes: 0, ...limits },
    heapShare: 0.5,
    onReply: (reply) => replies.push(reply),
    onEnd: (error) => deaths.push(error),
    deathError: (death: ProcessDeath) => death.kind,
  });
  return { ...child, replies, deaths };
}

/** What the process answers when it is asked to do something. */
async function ask(act: string, argument?: unknown): Promise<unknown> {
  const child = start();
  await child.send({ act, argument });
  await eventually(async () => expect(child.replies).toHaveLength(1));
  child.kill();
  await child.ended;
  return child.replies[0];
}

async function deathOf(act: string, limits: Parameters<typeof start>[0] = {}, argument?: unknown): Promise<unknown> {
  const child = start(limits);
  await child.send({ act, argument });
  await child.ended;
  expect(child.isAlive()).toBe(false);
  return child.deaths;
}

describe('a limited process', () => {
  it('has no environment', async () => {
    expect(await ask('environment')).toEqual({ result: [] });
  });

  it('cannot write a file', async () => {
    await using folder = await temporaryFolder();
    expect(await ask('write', folder.file('x'))).toEqual({ error: 'ERR_ACCESS_DENIED' });
    expect(existsSync(folder.file('x'))).toBe(false);
  });

  it.skipIf(!isolation().includes('--no-new-privs'))('gains no rights', async () => {
    expect(await ask('rights')).toEqual({ result: '1' });
  });

  it.skipIf(!isCountedApart())('can start few threads and processes', async () => {
    expect(await ask('tasks')).toEqual({ result: '64' });
  });

  it.skipIf(!isolation().includes('--net'))('has no network', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    try {
      expect(await ask('connect', (server.address() as AddressInfo).port)).toEqual({ result: 'ENETUNREACH' });
    } finally {
      server.close();
    }
  });

  it('dies of memory, of processor time and of itself, and says of which', async () => {
    expect(await deathOf('fill', { memoryMegabytes: 256 }, 4096)).toEqual(['limit']);
    expect(await deathOf('compute', { cpuSeconds: 1 })).toEqual(['limit']);
    expect(await deathOf('crash')).toEqual(['crash']);
  });

  it('ends with the first reason that it is killed for', async () => {
    const child = start();
    child.kill('first');
    child.kill('second');
    await child.ended;
    await child.send({ act: 'environment' });
    expect([child.deaths, child.replies]).toEqual([['first'], []]);
  });
});

describe('watching memory', () => {
  it('tells when a process has more than it may, and not when it has less', async () => {
    const child = start();
    let told = 0;
    const stopLarge = watchMemory({ pid: child.pid!, megabytes: 4096 }, () => (told += 1));
    const stopSmall = watchMemory({ pid: child.pid!, megabytes: 1 }, () => child.kill('excess'));
    await child.ended;
    stopLarge();
    stopSmall();
    expect([child.deaths, told]).toEqual([['excess'], 0]);
  });
});
