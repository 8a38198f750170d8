import { createBackupArchive } from '../../src/db/backup/backup-archive.ts';
import { archiveContract } from '../contracts/archive-contract.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

archiveContract('a backup in a folder', {
  async openPair() {
    const folder = await temporaryFolder();
    return {
      first: createBackupArchive(folder.file('backup')),
      second: createBackupArchive(folder.file('backup')),
      [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
    };
  },
  completeState: 'sealed',
});
