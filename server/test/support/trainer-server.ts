import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { deployPath } from './compose-file.ts';
import { freePort } from './free-port.ts';

export interface TrainerServer extends AsyncDisposable {
  url: string;
  process: ChildProcess;
}

const startMs = 90_000;

/** Starts a server of deploy/trainer over a folder of data, and waits until it answers. */
export async function startTrainerServer({
  python,
  data,
  apiKey,
  port,
}: {
  python: string;
  data: string;
  apiKey: string;
  port?: number;
}): Promise<TrainerServer> {
  const place = port ?? (await freePort());
  const child = spawn(python, ['-m', 'billumy_trainer'], {
    cwd: deployPath('trainer'),
    env: {
      PATH: process.env['PATH'],
      PYTHONDONTWRITEBYTECODE: '1',
      TRAINER_DATA: data,
      TRAINER_PORT: String(place),
      TRAINER_API_KEY: apiKey,
      TRAINER_THREADS: '1',
      TRAINER_DEVICE: 'cpu',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  child.stderr.on('data', (bytes: Buffer) => (log = (log + bytes.toString()).slice(-4000)));
  const url = `http://127.0.0.1:${place}`;
  const giveUpAt = Date.now() + startMs;
  while ((await fetch(`${url}/health`).catch(() => undefined))?.ok !== true) {
    if (child.exitCode !== null || Date.now() > giveUpAt) {
      child.kill('SIGKILL');
      throw new Error(`the trainer did not start: ${log}`);
    }
    await sleep(50);
  }
  return {
    url,
    process: child,
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}
