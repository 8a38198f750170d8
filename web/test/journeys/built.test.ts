import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../server/test/support/temporary-folder.ts';

const execute = promisify(execFile);
const vite = fileURLToPath(new URL('../../../node_modules/vite/bin/vite.js', import.meta.url));
const web = fileURLToPath(new URL('../../', import.meta.url));

/** The files of a folder by their path in it. */
async function filesIn(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const contents = files.map(async (file) => [file.slice(folder.length), await readFile(file, 'utf8')] as const);
  return Object.fromEntries(await Promise.all(contents));
}

it('what is kept in web/dist is what `npm run build:web` makes of the sources', async () => {
  await using folder = await temporaryFolder();
  const outDir = folder.file('dist');
  await execute(process.execPath, [vite, 'build', '--config', join(web, 'vite.config.ts'), '--outDir', outDir], {
    // Whoever tests has NODE_ENV set, which would make another page of it.
    env: { PATH: process.env['PATH'] },
  });
  const [kept, built] = [await filesIn(join(web, 'dist')), await filesIn(outDir)];
  expect(Object.keys(kept).toSorted()).toEqual(Object.keys(built).toSorted());
  expect(kept).toEqual(built);
});
