import { stat, writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { makeFolder } from '../../src/process/make-folder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

it('makes a folder and those above it, for this account alone, and tells the first that it made', async () => {
  await using folder = await temporaryFolder();
  expect(await makeFolder(folder.file('a/b/c'))).toBe(folder.file('a'));
  expect((await stat(folder.file('a/b/c'))).mode & 0o777).toBe(0o700);
  expect(await makeFolder(folder.file('a/b/d'))).toBe(folder.file('a/b/d'));
  expect(await makeFolder(folder.file('a/b'))).toBeUndefined();
});

it('makes a folder that is wanted twice at once', async () => {
  await using folder = await temporaryFolder();
  await Promise.all([makeFolder(folder.file('a/b')), makeFolder(folder.file('a/b'))]);
  expect((await stat(folder.file('a/b'))).isDirectory()).toBe(true);
});

it('rejects where a file is in the way', async () => {
  await using folder = await temporaryFolder();
  await writeFile(folder.file('file'), '');
  await expect(makeFolder(folder.file('file'))).rejects.toMatchObject({ code: 'EEXIST' });
  await expect(makeFolder(folder.file('file/below'))).rejects.toMatchObject({ code: 'ENOTDIR' });
});

it.runIf(process.platform === 'linux')(
  'rejects where the system has no folders to give, instead of asking again and again',
  async () => {
    await expect(makeFolder('/proc/billumy')).rejects.toMatchObject({ code: 'ENOENT' });
  },
);
