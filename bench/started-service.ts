import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { connect, logIn, type Connection } from '@billumy/protocol';

const program = fileURLToPath(new URL('../../server/dist/main.js', import.meta.url));
const password = 'correct horse battery staple';

/** The built program over a folder, and how long it took to be ready. */
export interface StartedService {
  process: ChildProcess;
  url: string;
  readyMs: number;
}

/** @param settings beside those that keep it to this machine */
export async function start(folder: string, settings: Readonly<Record<string, string>> = {}): Promise<StartedService> {
  const started = performance.now();
  const child = spawn(process.execPath, [program], {
    env: {
      PATH: process.env['PATH'],
      DATA_DIR: folder,
      PORT: '0',
      OFFLINE: '1',
      LOG_LEVEL: 'error',
      ADMIN_PASSWORD: password,
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  for await (const chunk of child.stdout) {
    output += String(chunk);
    const url = /listens on (http:\S+)/.exec(output)?.[1];
    if (url !== undefined) return { process: child, url, readyMs: performance.now() - started };
  }
  throw new Error('the service ended before it listened');
}

export async function stop(service: StartedService): Promise<void> {
  const exited = once(service.process, 'exit');
  service.process.kill('SIGTERM');
  await exited;
}

/** A connection as its administrator. */
export async function signIn(url: string): Promise<Connection> {
  return connect({ url, token: await accessToken(url) });
}

export async function accessToken(url: string): Promise<string> {
  return (await logIn(connect({ url }), { username: 'admin', password })).access_token;
}
