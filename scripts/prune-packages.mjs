// Takes the binaries of other platforms out of node_modules: some packages declare theirs for every processor, so npm installs 40 MB
// that can never run here. `node scripts/prune-packages.mjs [FOLDER]`, where FOLDER is that of node_modules.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Packages that consist of the binary of one platform, which their name ends with. */
const scopes = ['@node-llama-cpp', '@libsql'];
const platforms = { darwin: ['mac', 'darwin'], win32: ['win', 'win32'], linux: ['linux'] };

/** @param {string} modules the path of a node_modules folder */
export function prunePackages(modules) {
  for (const scope of scopes.filter((name) => existsSync(join(modules, name)))) {
    for (const name of readdirSync(join(modules, scope))) {
      if (!runsHere(name)) rmSync(join(modules, scope, name), { recursive: true, force: true });
    }
  }
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
