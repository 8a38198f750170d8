import { createMongoInsightStore } from '../../src/db/mongodb/mongo-insight-store.ts';
import { insightStoreContract } from '../contracts/insight-store-contract.ts';
import { describeOnMongo, mongoPair } from '../support/mongo-backend.ts';

describeOnMongo(() => {
  insightStoreContract('MongoDB', { openPair: () => mongoPair(createMongoInsightStore) });
});
