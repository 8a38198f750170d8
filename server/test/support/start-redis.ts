import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { Redis } from 'ioredis';
import { eventually } from './eventually.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { freePort } from './free-port.ts';

export const hasRedisServer = spawnSync('redis-server', ['--version']).status === 0;

/** Starts a Redis with these arguments on a free port, for what must not be done to the one of the tests. */
export async function startRedis(...more: string[]): Promise<AsyncDisposable & { port: number; url: string }> {
  const folder = await temporaryFolder();
  const port = await freePort();
  const place = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder.path, '--save', ''];
  const child = spawn('redis-server', [...place, ...more], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  await eventually(async () => {
    const probe = new Redis({ port, retryStrategy: () => null });
    probe.on('error', () => undefined);
    try {
      await once(probe, 'connect');
    } finally {
      probe.disconnect();
    }
  });
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await ended;
      await folder[Symbol.asyncDispose]();
    },
  };
}
