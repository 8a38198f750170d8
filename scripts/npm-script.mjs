// An npm script that starts the service, as a newcomer runs it: for programs that check what they see.
import { spawn } from 'node:child_process';

const stopDeadlineMs = 10_000;

/**
 * Starts the script and waits for the line that says it is ready; shows what it prints.
 *
 * @param {readonly string[]} words what stands after `npm`
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, deadlineMs: number }} options
 * @returns {Promise<{ child: import('node:child_process').ChildProcess, output: string, seconds: number }>}
 */
export function startNpm(words, { cwd, env, deadlineMs }) {
  const started = Date.now();
  const child = spawn('npm', words, { cwd, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const service = { child, output: '', seconds: 0 };
  return new Promise((resolve, reject) => {
    const name = `npm ${words.join(' ')}`;
    const deadline = setTimeout(() => reject(new Error(`${name} was not ready after ${deadlineMs} ms`)), deadlineMs);
    child.once('exit', (code) => reject(new Error(`${name} ended with exit code ${code}`)));
    child.stdout.on('data', (bytes) => {
      process.stdout.write(bytes);
      service.output += bytes;
      if (!/^(?:Pronto|Ready)\b/m.test(service.output)) return;
      clearTimeout(deadline);
      service.seconds = (Date.now() - started) / 1000;
      resolve(service);
    });
  });
}

/** Ends npm, and waits until nothing listens at the address any more; false when the service outlives npm by 10 seconds. */
export async function stopNpm({ child }, url) {
  child.removeAllListeners('exit');
  child.kill('SIGTERM');
  for (const deadline = Date.now() + stopDeadlineMs; Date.now() < deadline;) {
    const listens = await fetch(`${url}/health`).then(
      () => true,
      () => false,
    );
    if (!listens) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

/** The command from `curl` to the end of its paragraph. */
export function curlIn(output) {
  return /^\s*(curl [\s\S]*?)\n\s*\n/m.exec(output)?.[1] ?? 'false';
}

/** Collects what holds and what does not; `end` prints the counts and ends the program. */
export function openChecks() {
  const outcomes = [];
  return {
    check(name, holds) {
      outcomes.push(holds);
      console.log(`${holds ? 'ok  ' : 'FAIL'} ${name}`);
    },
    end() {
      const failed = outcomes.filter((holds) => !holds).length;
      console.log(`${outcomes.length - failed} passed, ${failed} failed`);
      process.exit(failed === 0 ? 0 : 1);
    },
  };
}
