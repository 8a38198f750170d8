import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
const isWanted = (process.env['BILLUMY_TEST_REDIS_URL'] ?? '') !== '';

describe.skipIf(!hasRedis || !isWanted)('starting servers (needs redis-server; runs with test:distributed)', () => {
  it('gives each its data and address, and leaves nothing when the program is told to stop', async () => {
    await using folder = await temporaryFolder();
    const program = start(['redis'], folder.path);
    const port = await program.redisPort;
    expect(await answers(port)).toBe(true);
    program.child.kill('SIGTERM');
    expect(await once(program.child, 'exit')).toEqual([143, null]);
    expect(await answers(port)).toBe(false);
    expect(await readdir(folder.path)).toEqual([]);
  });

  it('leaves no server running when the program is killed', async () => {
    await using folder = await temporaryFolder();
    const program = start(['redis'], folder.path);
    const port = await program.redisPort;
    program.child.kill('SIGKILL');
    await eventually(async () => expect(await answers(port)).toBe(false));
  });

  it('stops the others and says why when one cannot be started', async () => {
    await using folder = await temporaryFolder();
    const program = start(['redis', 'opensearch'], folder.path);
    const [errors, [code]] = await Promise.all([text(program.child.stderr), once(program.child, 'exit')]);
    expect(errors).toContain('OPENSEARCH_VERSION is 3.6.0 or 2.19.1, not none');
    expect(code).toBe(1);
    expect(await readdir(folder.path)).toEqual([]);
  });
});

/** A program that starts servers and waits. */
function start(names: string[], folder: string) {
  const module = new URL('../../../scripts/servers/start-servers.mjs', import.meta.url);
  const source = `import { startServers } from '${module.href}';
    const { urls } = await startServers({ names: ${JSON.stringify(names)} });
    console.log('all ready:', urls.redis);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', source], {
    env: { ...process.env, TMPDIR: folder, OPENSEARCH_VERSION: 'none' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const redisPort = new Promise<number>((resolve) => {
    let output = '';
    child.stdout.on('data', (bytes) => {
      output += bytes;
      const port = /^all ready: redis:\/\/127\.0\.0\.1:(\d+)\n/m.exec(output)?.[1];
      if (port !== undefined) resolve(Number(port));
    });
  });
  return { child, redisPort };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
