import { openDatabase } from '../../src/db/sqlite/database.ts';
import { createSqliteConversationStore } from '../../src/db/sqlite/sqlite-conversation-store.ts';
import { conversationStoreContract } from '../contracts/conversation-store-contract.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

conversationStoreContract('SQLite', {
  async openPair() {
    const folder = await temporaryFolder();
    const first = await openDatabase(folder.file('billumy.db'));
    const second = await openDatabase(folder.file('billumy.db'));
    return {
      stores: [createSqliteConversationStore(first), createSqliteConversationStore(second)],
      async [Symbol.asyncDispose]() {
        await first[Symbol.asyncDispose]();
        await second[Symbol.asyncDispose]();
        await folder[Symbol.asyncDispose]();
      },
    };
  },
});
