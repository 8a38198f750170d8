import { readdir, writeFile } from 'node:fs/promises';
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
