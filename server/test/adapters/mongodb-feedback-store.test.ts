import { openMongoConversationStore } from '../../src/db/mongodb/conversations/mongo-conversation-store.ts';
import { createMongoFeedbackStore } from '../../src/db/mongodb/conversations/mongo-feedback-store.ts';
import { feedbackStoreContract } from '../contracts/feedback-store-contract.ts';
import { describeOnMongo, mongoPair } from '../support/mongo-backend.ts';

describeOnMongo(() => {
  feedbackStoreContract('MongoDB', {
    async open() {
      const { first, second, ...pair } = await mongoPair((connection) => ({
        conversations: openMongoConversationStore({ connection, now: () => new Date() }),
        feedback: createMongoFeedbackStore({ connection }),
      }));
      return {
        conversations: first.conversations,
        feedback: second.feedback,
        async [Symbol.asyncDispose]() {
          for (const { conversations } of [first, second]) await conversations[Symbol.asyncDispose]();
          await pair[Symbol.asyncDispose]();
        },
      };
    },
  });
});
