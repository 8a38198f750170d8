// What somebody without Docker does: `npm run stack`, paste the printed curl, stop, start again. Prints counts at the end.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { curlIn, openChecks, startNpm, stopNpm } from './npm-script.mjs';
import { root } from './prepare.mjs';

const folder = mkdtempSync(join(tmpdir(), 'billumy-stack-'));
const port = 18_011;
const url = `http://localhost:${port}`;
const token = 'uma-chave-de-exemplo';
/** nginx gives them to both replicas. */
const questions = 6;
const { check, end } = openChecks();

try {
  const first = await start();
  check('npm run stack shows the first administrator once', first.output.includes('Password, shown this once'));
  check('it asks through nginx and shows the answer with its source', /^Source {5}\[1\]/m.test(first.output));
  const replies = Array.from({ length: questions }, () => answerTo(curlIn(first.output)));
  check('every replica answers the printed curl', replies.every(isAnswered));
  check('the question of the README is answered through nginx', askAsReadmeDoes().includes('12 dias úteis'));
  check('SIGTERM ends it', await stopNpm(first, url));
  const second = await start();
  check('the second start makes no administrator', !second.output.includes('Password'));
  check('it answers from what was kept', isAnswered(answerTo(curlIn(second.output))));
  check('SIGTERM ends the second one', await stopNpm(second, url));
} catch (error) {
  check(`no step broke: ${error.message}`, false);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
end();

async function start() {
  const { ADMIN_PASSWORD: _password, ...environment } = process.env;
  const env = { ...environment, OFFLINE: '1', BILLUMY_TOKEN: token, LANG: 'en_US.UTF-8' };
  const words = ['run', 'stack', '--', '--port', String(port), '--data', folder];
  const stack = await startNpm(words, { cwd: root, env, deadlineMs: 600_000 });
  console.log(`     ready after ${stack.seconds.toFixed(1)} s`);
  return stack;
}

function answerTo(command) {
  return JSON.parse(execFileSync('bash', ['-c', command], { encoding: 'utf8' }));
}

/** The text of the answer, which comes in pieces. */
function askAsReadmeDoes() {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const command = /^curl -X POST http:\/\/localhost:8011[\s\S]*?(?=\n```)/m.exec(readme)[0].replace('8011', port);
  const env = { PATH: process.env.PATH, BILLUMY_TOKEN: token };
  const lines = execFileSync('bash', ['-c', command], { encoding: 'utf8', env }).trim().split('\n');
  return lines.map((line) => JSON.parse(line).response).join('');
}

function isAnswered({ answered, citations }) {
  return answered === true && citations.length > 0;
}
