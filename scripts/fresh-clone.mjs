// What a newcomer does: clone, `npm start`, paste the printed curl, stop, start again. Prints counts at the end.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './prepare.mjs';

const folder = mkdtempSync(join(tmpdir(), 'billumy-clone-'));
const clone = join(folder, 'billumy');
const outcomes = [];
const check = (name, holds) => {
  outcomes.push(holds);
  console.log(`${holds ? 'ok  ' : 'FAIL'} ${name}`);
};

try {
  execFileSync('git', ['clone', '--quiet', root, clone]);
  const first = await start();
  check('npm start asks a question and shows the answer with its source', first.output.includes('curl '));
  const megabytes = Number(
    execFileSync('du', ['-sm', join(clone, 'node_modules')], { encoding: 'utf8' }).split('\t')[0],
  );
  console.log(`     production packages: ${megabytes} MB`);
  check('production packages take at most 250 MB', megabytes <= 250);
  const reply = JSON.parse(execFileSync('bash', ['-c', curlIn(first.output)], { encoding: 'utf8' }));
  check(
    'the printed curl is answered from the documents, with a quotation',
    reply.answered === true && reply.citations.length > 0,
  );
  check('SIGTERM ends it', await stop(first));
  const second = await start();
  check('the second start is ready without asking again', !second.output.includes('curl '));
  check('SIGTERM ends the second one', await stop(second));
} catch (error) {
  check(`no step broke: ${error.message}`, false);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const failed = outcomes.filter((holds) => !holds).length;
console.log(`${outcomes.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/** Starts the clone and waits for the line that says where it listens. */
function start() {
  const started = Date.now();
  const child = spawn('npm', ['start'], {
    cwd: clone,
    env: { ...process.env, PORT: '0', OFFLINE: '1', ADMIN_PASSWORD: 'uma-senha-bem-comprida' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const service = { child, output: '' };
  return new Promise((resolve, reject) => {
    const deadline = setTimeout(() => reject(new Error('npm start was not ready after 5 minutes')), 300_000);
    child.once('exit', (code) => reject(new Error(`npm start ended with exit code ${code}`)));
    child.stdout.on('data', (bytes) => {
      process.stdout.write(bytes);
      service.output += bytes;
      if (!/(?:Pronto|Ready)\b/.test(service.output)) return;
      clearTimeout(deadline);
      console.log(`     ready after ${((Date.now() - started) / 1000).toFixed(1)} s, installing included`);
      resolve(service);
    });
  });
}

/** Ends npm, and waits until nothing listens any more; false when the service outlives npm by 10 seconds. */
async function stop({ child, output }) {
  const url = /https?:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
  child.removeAllListeners('exit');
  child.kill('SIGTERM');
  for (const deadline = Date.now() + 10_000; Date.now() < deadline;) {
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
function curlIn(output) {
  return /^\s*(curl [\s\S]*?)\n\s*\n/m.exec(output)?.[1] ?? 'false';
}
