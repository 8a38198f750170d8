import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../../cli/bin/billumy.js', import.meta.url));

export interface CommandLineResult {
  code: number | null;
  output: string;
  errors: string;
}

export interface CommandLineOptions {
  environment?: Readonly<Record<string, string>>;
  input?: string;
  /** Ctrl-C is pressed when it resolves. */
  interrupt?: Promise<void>;
}

/** Runs `billumy WORDS` as a person would, with nothing of this process's environment but the path. */
export async function runCommandLine(
  words: readonly string[],
  { environment = {}, input = '', interrupt }: CommandLineOptions = {},
): Promise<CommandLineResult> {
  const child = spawn(process.execPath, [program, ...words], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], LANG: 'en_US.UTF-8', ...environment },
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  child.stdin.end(input);
  void interrupt?.then(() => child.kill('SIGINT'));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output, errors };
}
