import { mkdir, stat, writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { lockFailure, lockFolder } from '../../src/db/sqlite/lock-folder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

it('lets one service at a time use a folder, and the next one when it has ended', async () => {
  await using folder = await temporaryFolder();
  const directory = folder.file('data/of/mine');
  const first = await lockFolder(directory);
  await expect(lockFolder(directory)).rejects.toMatchObject({
    code: 'folder_in_use',
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
    code: 'folder_unusable',
    detail: 'The folder of DATA_DIR cannot be made (ENOTDIR): choose one on a local disk that this account may write.',
  });
});

it('says that nothing can be kept in the folder', async () => {
  await using folder = await temporaryFolder();
  await mkdir(folder.file('data/lock'), { recursive: true });
  await expect(lockFolder(folder.file('data'))).rejects.toMatchObject({
    code: 'folder_unusable',
    detail: 'No file can be made in the folder of DATA_DIR: choose one on a local disk that this account may write.',
  });
});

it('takes a disk that has no locks for a folder that cannot be used, not for one that is in use', async () => {
  const withoutLocks = Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_LOCK' });
  expect(lockFailure(withoutLocks)).toMatchObject({
    code: 'folder_unusable',
    detail: expect.stringContaining('cannot be written or locked (SQLITE_IOERR_LOCK)') as string,
  });
});
