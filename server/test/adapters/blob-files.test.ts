import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { openBlobFiles } from '../../src/services/model-files/blob-files.ts';
import { blobStoreContract } from '../contracts/blob-store-contract.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

blobStoreContract('files', {
  async open({ mostBytes }) {
    const folder = await temporaryFolder();
    const options = { directory: folder.path, mostBytes };
    return {
      blobs: await openBlobFiles(options),
      async reopen() {
        await writeFile(folder.file('blobs/sha256-00.0123.unfinished'), 'what a crash left');
        return openBlobFiles(options);
      },
      files: async () => (await readdir(folder.file('blobs')).catch(() => [])).length,
      [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
    };
  },
});

it('leaves what another service is writing into the same folder', async () => {
  await using folder = await temporaryFolder();
  const [growing, resting] = ['blobs/sha256-00.0123.unfinished', 'blobs/sha256-00.4567.unfinished'].map(folder.file);
  await mkdir(folder.file('blobs'), { recursive: true });
  for (const path of [growing!, resting!]) await writeFile(path, 'a part');
  await utimes(resting!, new Date(), new Date(Date.now() - 61_000));
  await openBlobFiles({ directory: folder.path, restingMs: 60_000 });
  expect(await readdir(folder.file('blobs'))).toEqual(['sha256-00.0123.unfinished']);
});
