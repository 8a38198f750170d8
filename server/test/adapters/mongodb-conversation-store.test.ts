import { openMongoConversationStore } from '../../src/db/mongodb/conversations/mongo-conversation-store.ts';
import { conversationStoreContract } from '../contracts/conversation-store-contract.ts';
import { describeOnMongo, mongoPair } from '../support/mongo-backend.ts';

describeOnMongo(() => {
  conversationStoreContract('MongoDB', {
    async openPair() {
      const { first, second, ...pair } = await mongoPair((connection) =>
        openMongoConversationStore({ connection, now: () => new Date() }),
      );
      return {
        stores: [first, second],
        async [Symbol.asyncDispose]() {
          await first[Symbol.asyncDispose]();
          await second[Symbol.asyncDispose]();
          await pair[Symbol.asyncDispose]();
        },
      };
    },
  });
});
