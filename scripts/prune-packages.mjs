// Takes out of node_modules what can never be used here, 110 MB: binaries of other platforms, which some packages declare for every
// processor, the sources of llama.cpp, and maps and pages that are for those who change a package. `node scripts/prune-packages.mjs [FOLDER]`, where FOLDER is that of node_modules.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Packages that consist of the binary of one platform, which their name ends with. */
const scopes = ['@node-llama-cpp', '@libsql'];
const unused = [
  // llama.cpp as a git repository: only a build from source, which is never asked for, reads it.
  'node-llama-cpp/llama/gitRelease.bundle',
  // Sources and tests of what is used in its built form.
  'zod/src',
  'vega-lite/src',
  'luxon/src',
  'fastify/test',
  'bintrees/test',
];
const unusedEndings = ['.map', '.md', '.markdown'];
const platforms = { darwin: ['mac', 'darwin'], win32: ['win', 'win32'], linux: ['linux'] };

/** @param {string} modules the path of a node_modules folder */
export function prunePackages(modules) {
  for (const scope of scopes.filter((name) => existsSync(join(modules, name)))) {
    for (const name of readdirSync(join(modules, scope))) {
      if (!runsHere(name)) rmSync(join(modules, scope, name), { recursive: true, force: true });
    }
  }
  for (const path of unused) rmSync(join(modules, path), { recursive: true, force: true });
  if (existsSync(modules)) removeUnusedEndings(modules);
}

/** Licences stay, whatever their names end with. Workspaces are links, which are not followed. */
function removeUnusedEndings(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) removeUnusedEndings(join(folder, entry.name));
    else if (entry.isFile() && unusedEndings.some((ending) => entry.name.endsWith(ending)) && !isLicence(entry.name))
      rmSync(join(folder, entry.name));
  }
}

function isLicence(fileName) {
  return /^(licen[cs]e|copying|notice|third.?party)/i.test(fileName);
}

/** @param {string} name such as `linux-x64`, `linux-x64-musl`, `mac-arm64-metal` */
function runsHere(name) {
  const [platform, processor, variant] = name.split('-');
  if (!(platforms[process.platform] ?? [process.platform]).includes(platform) || processor !== process.arch)
    return false;
  if (variant === 'musl' || variant === 'gnu') return (variant === 'gnu') === usesGlibc();
  return true;
}

function usesGlibc() {
  return process.report.getReport().header.glibcVersionRuntime !== undefined;
}

const thisFile = fileURLToPath(import.meta.url);
if (process.argv[1] !== undefined && resolve(process.argv[1]) === thisFile) {
  prunePackages(process.argv[2] ?? join(dirname(dirname(thisFile)), 'node_modules'));
}
