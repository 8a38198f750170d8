// Runs an image as its documented command does and tries what it promises. Prints counts at the end.
// usage: check-image.mjs CONFIGURATION ROOT VOLUME    as root, where port 8000 of the loopback is free
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openChecks } from '../npm-script.mjs';
import { root as project } from '../prepare.mjs';
import { startContainer } from './container.mjs';

const [configuration, root, volume] = process.argv.slice(2);
const { config } = JSON.parse(readFileSync(configuration, 'utf8')).Docker;
const url = 'http://127.0.0.1:8000';
const password = 'uma-senha-bem-comprida';
const startDeadlineMs = 120_000;
const answerDeadlineMs = 60_000;
const stopDeadlineMs = 5_000;
const megabytesAtMost = 300;
const { check, end } = openChecks();

checkContents();
const container = startContainer({ config, root, volume, environment: [`ADMIN_PASSWORD=${password}`] });
try {
  check('it listens', await comesTrue(async () => (await fetch(`${url}/health`)).ok, startDeadlineMs));
  checkRights();
  check('the health check of the image finds it well', container.exitCodeOf(config.Healthcheck.Test.slice(1)) === 0);
  const ready = await fetch(`${url}/health/ready`);
  check('it is ready', ready.ok);
  const page = await fetch(url, { headers: { accept: 'text/html' } });
  check('it shows the page', (await page.text()).includes('<title>Billumy</title>'));
  await checkAnswers();
  const { code, milliseconds } = await container.stop();
  console.log(`     ended after ${milliseconds} ms`);
  check('SIGTERM ends it in time, with exit code 0', code === 0 && milliseconds <= stopDeadlineMs);
} catch (error) {
  check(`no step broke: ${error.stack}`, false);
} finally {
  container.kill();
}
end();

function checkContents() {
  const du = execFileSync('du', ['-sm', join(root, config.WorkingDir)], { encoding: 'utf8' });
  const megabytes = Number(du.split('\t')[0]);
  console.log(`     beside the base image: ${megabytes} MB`);
  check(`it takes at most ${megabytesAtMost} MB beside the base image`, megabytes <= megabytesAtMost);
  check('it can limit the processes that compute', existsSync(join(root, 'usr/bin/prlimit')));
}

function checkRights() {
  const status = container.status();
  check(
    'it is the first process, as the user node',
    /^NSpid:.*\t1$/m.test(status) && /^Uid:\t1000\t1000\t/m.test(status),
  );
  check('it has no right of root', /^CapEff:\t0+$/m.test(status) && /^CapBnd:\t0+$/m.test(status));
  check('it cannot write beside its program', container.exitCodeOf(['touch', 'written']) !== 0);
}

/** The samples of the README, with all the time that a busy machine needs. */
async function checkAnswers() {
  const login = await request('/auth/login', { body: new URLSearchParams({ username: 'admin', password }) });
  check('the administrator logs in', login.access_token !== undefined);
  const authorization = `Bearer ${login.access_token}`;
  const json = { authorization, 'content-type': 'application/json' };
  const text = 'A garagem do prédio abre às 6h30. Cada morador tem direito a duas vagas.';
  await request('/documents', { headers: json, body: JSON.stringify({ title: 'Garagem', text }) });
  const question = JSON.stringify({ question: 'A que horas abre a garagem?' });
  const answers = async () =>
    (await request('/ask/question', { headers: json, body: question })).answer.includes('6h30');
  check('a question is answered from a document', await comesTrue(answers, answerDeadlineMs));
  const table = readFileSync(join(project, 'examples/vendas.csv'));
  const query = new URLSearchParams({ question: 'Por que a receita caiu em junho?', timeout_ms: '120000' });
  const headers = { authorization, 'content-type': 'text/csv' };
  const report = await request(`/insights?${query}`, { headers, body: table });
  check('a table is computed', report.answer.text.includes('queda de 35,3%'));
}

async function request(path, options) {
  const reply = await fetch(`${url}${path}`, { method: 'POST', ...options });
  if (!reply.ok) throw new Error(`${path} is answered with ${reply.status}: ${await reply.text()}`);
  return reply.json();
}

/** Tries until it holds or the time is over, or the container has ended; what fails meanwhile does not hold. */
async function comesTrue(holds, deadlineMs) {
  for (const deadline = Date.now() + deadlineMs; Date.now() < deadline && !container.hasEnded();) {
    if (await holds().catch(() => false)) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}
