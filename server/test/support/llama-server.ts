import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';

export interface RunningServer extends AsyncDisposable {
  url: string;
  process: ChildProcess;
}

export interface LlamaServerOptions {
  /** Of the program. */
  binary: string;
  model: string;
  /** The name that it gives the model. */
  alias: string;
  slots: number;
  /** Of each slot. */
  contextTokens: number;
  /** Further arguments. */
  more?: readonly string[];
}

const startMs = 60_000;

/** Starts a real llama-server on a free port, and waits until its model is loaded. */
export async function startLlamaServer(options: LlamaServerOptions): Promise<RunningServer> {
  const { binary, model, alias, slots, contextTokens, more = [] } = options;
  const port = await freePort();
  const size = ['-np', String(slots), '-c', String(slots * contextTokens), '-t', '1', '-tb', '1'];
  const place = ['-m', model, '--alias', alias, '--host', '127.0.0.1', '--port', String(port)];
  return startServer(binary, {
    arguments: [...place, ...size, ...more],
    url: `http://127.0.0.1:${port}`,
    ready: '/health',
  });
}

/** Starts a program that serves at the address, and waits until the path answers with 200. */
async function startServer(
  binary: string,
  options: { arguments: readonly string[]; url: string; ready: string },
): Promise<RunningServer> {
  const { url, ready } = options;
  const child = spawn(binary, options.arguments, { stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  child.stderr.on('data', (data: Buffer) => (log = (log + data.toString()).slice(-4000)));
  const giveUpAt = Date.now() + startMs;
  while (!(await answers(url + ready))) {
    if (child.exitCode !== null || Date.now() > giveUpAt) {
      child.kill('SIGKILL');
      throw new Error(`${binary} did not start: ${log}`);
    }
    await sleep(50);
  }
  return {
    url,
    process: child,
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function answers(url: string): Promise<boolean> {
  const response = await fetch(url, { headers: { connection: 'close' } }).catch(() => undefined);
  await response?.body?.cancel();
  return response?.status === 200;
}
