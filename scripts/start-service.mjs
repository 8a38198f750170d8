import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from './prepare.mjs';

/** Of the user `admin` of a service that `startService` starts. */
export const administratorPassword = 'uma-senha-bem-comprida';

const deadlineMs = 120_000;

/** Starts the built service with the sample documents, as `npm start` does, at any free port; `stop` waits for its end. */
export async function startService(settings) {
  const { url, child } = await startProgram(process.execPath, [join(root, 'cli/dist/main.js'), 'serve', '--welcome'], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      LANG: 'en_US.UTF-8',
      PORT: '0',
      OFFLINE: '1',
      LOG_LEVEL: 'error',
      ADMIN_PASSWORD: administratorPassword,
      ...settings,
    },
    ready: /Billumy at (http:\/\/127\.0\.0\.1:\d+)[\s\S]*Ready/,
  });
  return { url, stop: () => stopProgram(child) };
}

/**
 * Starts a server; resolves with the address that it prints when it is ready. What it prints later is let go, unless the caller
 * listens. Rejects with what it printed when it ends before.
 */
export function startProgram(command, args, { ready, name = command, ...options }) {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  return new Promise((resolve, reject) => {
    const deadline = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`${name} was not ready in time:\n${output}`));
    }, deadlineMs);
    child.once('error', reject);
    // Not `exit`: by then it may not have been heard to the end.
    child.once('close', (code) => reject(new Error(`${name} ended with exit code ${code}:\n${output}`)));
    const listen = (bytes) => {
      output += bytes;
      const found = ready.exec(output);
      if (found === null) return;
      clearTimeout(deadline);
      for (const stream of [child.stdout, child.stderr]) stream.off('data', listen).resume();
      resolve({ url: found[1], child, output });
    };
    for (const stream of [child.stdout, child.stderr]) stream.on('data', listen);
  });
}

export async function stopProgram(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}
