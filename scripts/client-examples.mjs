// Runs every program of examples/clients against a service of its own, with the real client libraries. Prints counts at the end.
// Needs python3 with venv, and the npm and PyPI registries.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildIfChanged, root } from './prepare.mjs';
import { administratorPassword, startProgram, startService, stopProgram } from './start-service.mjs';

const npmPackages = ['ollama@0.6.4', 'openai@7.55.0', '@anthropic-ai/sdk@1.12.0'];
const pythonPackages = [
  'ollama==0.6.3',
  'openai==3.52.0',
  'langchain-core==1.7.2',
  'langchain-openai==1.7.3',
  'langchain-ollama==1.1.0',
  'django==5.2.19',
];
/** What the sample documents say, and some programs ask for besides. */
const toManaus = '12 dias úteis';
const toSoutheast = '3 dias úteis';
const models = /models: .*billumy:documents/;

const folder = mkdtempSync(join(tmpdir(), 'billumy-clients-'));
const clients = join(folder, 'clients');
const token = 'uma-chave-para-os-exemplos';
const stops = [];
const outcomes = [];

try {
  buildIfChanged();
  cpSync(join(root, 'examples/clients'), clients, { recursive: true });
  const python = installClients();
  const service = await startService({ DATA_DIR: join(folder, 'data'), BILLUMY_TOKEN: token });
  stops.push(service.stop);
  const env = { ...process.env, BILLUMY_SERVICE: service.url, BILLUMY_API_KEY: token };
  const run = (name, [command, program], also) =>
    check(name, [toManaus, ...also], [command, [join(clients, name, program)], env]);
  run('curl', ['sh', 'generate.sh'], ['"done":true', '"citations"']);
  run('ollama-js', [process.execPath, 'ask.mjs'], [models]);
  run('ollama-python', [python, 'ask.py'], [toSoutheast, models]);
  run('openai-node', [process.execPath, 'ask.mjs'], [toSoutheast]);
  const trainingKey = await makeKey(service.url, ['train']);
  check(
    'openai-node, training',
    [/uploaded file-/, /created job_\w+: /, /now cancelled, and is known as cancelled/],
    [process.execPath, [join(clients, 'openai-node/train.mjs')], { ...env, BILLUMY_API_KEY: trainingKey }],
  );
  run('openai-python', [python, 'ask.py'], [models]);
  run('anthropic-node', [process.execPath, 'ask.mjs'], [/the prompt alone: \d+ tokens/]);
  run('langchain', [python, 'ask.py'], [/by OpenAI: .*12 dias úteis/, /by Ollama: .*12 dias úteis/]);
  const django = await startProgram(
    python,
    [join(clients, 'django/manage.py'), 'runserver', '--noreload', '127.0.0.1:18800'],
    { env: { ...env, PYTHONUNBUFFERED: '1' }, ready: /server at (http:\/\/127\.0\.0\.1:\d+)/ },
  );
  stops.push(() => stopProgram(django.child));
  const question = encodeURIComponent('Qual é o prazo de entrega para Manaus?');
  check('django', [toManaus, '"sources"'], ['curl', ['-sS', `${django.url}/ask?q=${question}`], env]);
  await checkInsightsPage(python, { ...env, BILLUMY_API_KEY: await makeKey(service.url, ['insights']) });
} catch (error) {
  outcomes.push(false);
  console.error(error);
} finally {
  await Promise.all(stops.map((stop) => stop()));
  rmSync(folder, { recursive: true, force: true });
}
const failed = outcomes.filter((holds) => !holds).length;
console.log(`${outcomes.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/** Installs the client libraries beside the programs; returns the Python that has them. */
function installClients() {
  execFileSync('npm', ['install', '--silent', '--no-audit', '--no-fund', '--prefix', clients, ...npmPackages]);
  execFileSync('python3', ['-m', 'venv', join(folder, 'venv')]);
  const python = join(folder, 'venv/bin/python');
  execFileSync(python, ['-m', 'pip', 'install', '--quiet', ...pythonPackages], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return python;
}

/** The page of examples/django over sales of its own: told in Portuguese, with pictures, and no text of a cell runs. */
async function checkInsightsPage(python, env) {
  const project = join(folder, 'django');
  cpSync(join(root, 'examples/django'), project, { recursive: true });
  const settings = { ...env, PYTHONUNBUFFERED: '1', SHOP_DATABASE: join(folder, 'shop.sqlite3') };
  const manage = join(project, 'manage.py');
  execFileSync(python, ['-m', 'pip', 'install', '--quiet', '-r', join(project, 'requirements.txt')]);
  for (const command of ['migrate', 'seed_sales']) execFileSync(python, [manage, command], { env: settings });
  const page = await startProgram(python, [manage, 'runserver', '--noreload', '127.0.0.1:18801'], {
    env: settings,
    ready: /server at (http:\/\/127\.0\.0\.1:\d+)/,
  });
  stops.push(() => stopProgram(page.child));
  const expected = [
    /<h2>[^<]*(?:Sul|sul)/,
    'src="data:image/svg+xml;base64,',
    /<td>-?\d+\.\d+<\/td>/,
    /^(?![\s\S]*<script)/,
    'Content-Security-Policy',
  ];
  const question = encodeURIComponent('Por que a receita caiu em junho de 2026?');
  check('django, insights', expected, ['curl', ['-sSi', `${page.url}/insights?q=${question}`], env]);
}

/** A key of the administrator, who was made with the service. */
async function makeKey(url, scopes) {
  const post = async (path, body, headers = {}) => {
    const options = { method: 'POST', headers: { 'content-type': 'application/json', ...headers } };
    const reply = await fetch(url + path, { ...options, body: JSON.stringify(body) });
    if (!reply.ok) throw new Error(`${path} answered ${reply.status}: ${await reply.text()}`);
    return reply.json();
  };
  const login = await post('/auth/login', { username: 'admin', password: administratorPassword });
  const authorization = `Bearer ${login.access_token}`;
  const key = await post('/auth/keys', { name: `examples: ${scopes.join(', ')}`, scopes }, { authorization });
  return key.key;
}

/** A program is right when it ends well and says all that is expected. */
function check(name, expected, [command, args, env]) {
  let output = '';
  let ended = true;
  try {
    output = execFileSync(command, args, { env, encoding: 'utf8', timeout: 120_000 });
  } catch (error) {
    ended = false;
    output = `${error.stdout ?? ''}${error.stderr ?? ''}${error.message}`;
  }
  const missing = expected.filter((one) => (one instanceof RegExp ? !one.test(output) : !output.includes(one)));
  const holds = ended && missing.length === 0;
  outcomes.push(holds);
  console.log(
    `${holds ? 'ok  ' : 'FAIL'} ${name}${missing.length === 0 ? '' : `, which does not say ${missing.join(' | ')}`}`,
  );
  console.log(output.trimEnd().replaceAll(/^/gm, '     '));
}
