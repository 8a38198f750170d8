import { stat, writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { lockFolder } from '../../src/db/sqlite/lock-folder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

it('lets one service at a time use a folder, and the next one when it has ended', async () => {
  await using folder = await temporaryFolder();
  const directory = folder.file('data/of/mine');
  const first = await lockFolder(directory);
  await expect(lockFolder(directory)).rejects.toMatchObject({
    detail: 'Another service is using the folder of DATA_DIR; stop it, or choose another folder.',
  });
  await first[Symbol.asyncDispose]();
  await using second = await lockFolder(directory);
  expect(second).toBeDefined();
});

it('makes a folder that no other account may read', async () => {
  await using folder = await temporaryFolder();
  await using lock = await lockFolder(folder.file('data'));
  expect(lock).toBeDefined();
  expect((await stat(folder.file('data'))).mode & 0o077).toBe(0);
});

it('says that the folder cannot be made', async () => {
  await using folder = await temporaryFolder();
  await writeFile(folder.file('file'), '');
  await expect(lockFolder(folder.file('file/data'))).rejects.toMatchObject({
    code: 'storage_failed',
    detail: 'The folder of DATA_DIR cannot be made.',
  });
});
