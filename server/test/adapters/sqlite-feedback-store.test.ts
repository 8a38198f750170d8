import { openDatabase } from '../../src/db/sqlite/database.ts';
import { createSqliteConversationStore } from '../../src/db/sqlite/sqlite-conversation-store.ts';
import { createSqliteFeedbackStore } from '../../src/db/sqlite/sqlite-feedback-store.ts';
import { feedbackStoreContract } from '../contracts/feedback-store-contract.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

feedbackStoreContract('SQLite', {
  async open() {
    const folder = await temporaryFolder();
    const database = await openDatabase(folder.file('billumy.db'));
    return {
      conversations: createSqliteConversationStore(database),
      feedback: createSqliteFeedbackStore(database),
      async [Symbol.asyncDispose]() {
        await database[Symbol.asyncDispose]();
        await folder[Symbol.asyncDispose]();
      },
    };
  },
});
