import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';

const server = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const commandLine = fileURLToPath(new URL('../../../cli/dist/main.js', import.meta.url));

/** `npm start` after it has installed and compiled. */
export const welcomingService = [commandLine, 'serve', '--welcome'];
const startDeadlineMs = 50_000;

export interface SpawnedService extends AsyncDisposable {
  url: string;
  process: ChildProcess;
  /** What it printed so far. */
  output(): string;
  /** Its log lines and errors so far. */
  errors(): string;
  /** Sends the signal; resolves to how the process ended. */
  stop(signal: NodeJS.Signals): Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/** The built program, really started, with nothing of this process's environment that it could depend on. */
export async function spawnService(
  settings: Readonly<Record<string, string>>,
  program: readonly string[] = [server],
): Promise<SpawnedService> {
  const { child, output, errors } = spawnProgram(settings, program);
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const url = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`it does not start: ${output()}${errors()}`)), startDeadlineMs);
    child.stdout.on('data', () => {
      const address = /(?:listens on|Billumy (?:at|em)) (http:\S+)/.exec(output())?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(address);
    });
    child.once('exit', () => {
      clearTimeout(timer);
      reject(new Error(`it ended: ${output()}${errors()}`));
    });
  });
  return {
    url,
    process: child,
    output,
    errors,
    async stop(signal) {
      child.kill(signal);
      const [code, endedBy] = await exited;
      return { code, signal: endedBy };
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** A start that is expected to fail: resolves when the program has ended. */
export async function spawnFailingService(
  settings: Readonly<Record<string, string>>,
): Promise<{ code: number | null; errors: string }> {
  const { child, errors } = spawnProgram(settings);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, errors: errors() };
}

function spawnProgram(settings: Readonly<Record<string, string>>, program: readonly string[] = [server]) {
  const child = spawn(process.execPath, program, {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: tmpdir(),
    env: { PATH: process.env['PATH'], PORT: '0', OFFLINE: '1', LANG: 'en_US.UTF-8', ...settings },
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  return { child, output: () => output, errors: () => errors };
}
