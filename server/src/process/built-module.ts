import { fileURLToPath } from 'node:url';

/**
 * The built file of a sibling module, to be run in a worker or a child process: those load JavaScript only, also when
 * the caller itself runs from source under the test runner.
 * @param from `import.meta.url` of the caller
 * @param relative such as `./database-worker.js`
 */
export function builtModule(from: string, relative: string): string {
  return fileURLToPath(new URL(relative, from)).replace(/([\\/]server[\\/])src([\\/])/, '$1dist$2');
}
