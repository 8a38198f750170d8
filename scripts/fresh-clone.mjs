// What a newcomer does: clone, `npm start`, paste the printed curl, stop, start again. Prints counts at the end.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { curlIn, openChecks, startNpm, stopNpm } from './npm-script.mjs';
import { root } from './prepare.mjs';

const folder = mkdtempSync(join(tmpdir(), 'billumy-clone-'));
const clone = join(folder, 'billumy');
const { check, end } = openChecks();

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
  const help = execFileSync(join(clone, 'node_modules/.bin/billumy'), ['help'], { encoding: 'utf8' });
  check('npm linked the command, which tells what it can do', help.includes('ingest'));
  check('SIGTERM ends it', await stopNpm(first, urlIn(first)));
  const second = await start();
  check('the second start is ready without asking again', !second.output.includes('curl '));
  check('SIGTERM ends the second one', await stopNpm(second, urlIn(second)));
} catch (error) {
  check(`no step broke: ${error.message}`, false);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
end();

async function start() {
  const env = { ...process.env, PORT: '0', OFFLINE: '1', ADMIN_PASSWORD: 'uma-senha-bem-comprida' };
  const service = await startNpm(['start'], { cwd: clone, env, deadlineMs: 300_000 });
  console.log(`     ready after ${service.seconds.toFixed(1)} s, installing included`);
  return service;
}

function urlIn({ output }) {
  return /https?:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
}
