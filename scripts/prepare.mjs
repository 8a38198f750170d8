// Brings a fresh clone to the point where it can run, with nothing but Node: plain JavaScript, no dependency.
import { prunePackages } from './prune-packages.mjs';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const compiler = join(root, 'node_modules/typescript/bin/tsc');

/** Ends the program with a sentence when this Node is too old. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19)) return;
  const here = process.versions.node;
  console.error(
    inLanguage({
      pt: `O Billumy precisa do Node 20.19 ou 20.x mais novo, ou do 22.12 em diante (este é o ${here}). Veja https://nodejs.org`,
      en: `Billumy needs Node 20.19 or newer 20.x, 22.12 or newer (this is ${here}). See https://nodejs.org`,
    }),
  );
  process.exit(1);
}

/** Installs the packages of the lockfile when they are missing or older than it. */
export function install({ withDevelopmentTools }) {
  const hasTools = existsSync(join(root, 'node_modules/vitest'));
  if (isInstalled() && (hasTools || !withDevelopmentTools)) return;
  const production = !withDevelopmentTools && !hasTools;
  console.log(
    inLanguage({
      pt: `Instalando os pacotes${production ? '' : ' e as ferramentas de desenvolvimento'} do registro do npm, uma vez …`,
      en: `Installing packages${production ? '' : ' and development tools'} from the npm registry, once …`,
    }),
  );
  // No package may run a script of its own: nothing is compiled, nothing else is downloaded.
  run(npmCommand(), [
    'ci',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    ...(production ? ['--omit=dev'] : []),
  ]);
  prunePackages(join(root, 'node_modules'));
}

/** Compiles what changed since the last time. */
export function build(project = '.') {
  if (!existsSync(join(root, 'server/dist/main.js')))
    console.log(inLanguage({ pt: 'Compilando, uma vez …', en: 'Compiling, once …' }));
  run(process.execPath, [compiler, '-b', project]);
}

/** Compiles the program unless nothing changed since the last time: the compiler alone would take longer than the start. */
export function buildIfChanged() {
  const stamp = join(root, 'cli/dist/.compiled');
  const compiledAt = existsSync(stamp) ? statSync(stamp).mtimeMs : 0;
  const sources = ['protocol', 'server', 'cli'].map((name) => join(root, name, 'src'));
  if (sources.every((folder) => lastChange(folder) < compiledAt)) return;
  build('cli');
  writeFileSync(stamp, '');
}

/** When a file in the folder, or the folder itself, changed last, in milliseconds since 1970. */
function lastChange(folder) {
  const times = readdirSync(folder, { withFileTypes: true }).map((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? lastChange(path) : statSync(path).mtimeMs;
  });
  return Math.max(statSync(folder).mtimeMs, ...times);
}

/** Runs a command in the project's folder and ends the program with its exit code when it fails. */
export function run(command, parameters) {
  const { status, error } = spawnSync(command, parameters, { cwd: root, stdio: 'inherit' });
  if (error !== undefined) {
    const { message } = error;
    console.error(
      inLanguage({
        pt: `${command} não pôde ser executado: ${message}`,
        en: `${command} could not be started: ${message}`,
      }),
    );
  }
  if (status !== 0) process.exit(status ?? 1);
}

/**
 * npm does not hand a SIGTERM on: when the npm that runs the script is gone, the program stops too, as if it had got the signal
 * itself.
 */
export function stopWithNpm(script) {
  if (process.env.npm_lifecycle_event !== script) return;
  const npm = process.ppid;
  setInterval(() => {
    if (process.ppid !== npm) process.kill(process.pid, 'SIGTERM');
  }, 250).unref();
}

function isInstalled() {
  // npm writes this copy of the lockfile last, after every package.
  const installed = join(root, 'node_modules/.package-lock.json');
  return existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
}

/** Portuguese, unless the environment asks for English, as the command chooses (cli/src/texts.ts), which is not compiled yet. */
function inLanguage({ pt, en }) {
  const { BILLUMY_LANGUAGE, LC_ALL, LANG } = process.env;
  return (BILLUMY_LANGUAGE || LC_ALL || LANG || '').toLowerCase().startsWith('en') ? en : pt;
}

function npmCommand() {
  return process.platform === 'win32' ? 'npm.cmd' : 'npm';
}
