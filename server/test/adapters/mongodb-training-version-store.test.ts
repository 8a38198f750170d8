import { createMongoTrainingVersionStore } from '../../src/db/mongodb/mongo-training-version-store.ts';
import { trainingVersionStoreContract } from '../contracts/training-version-store-contract.ts';
import { describeOnMongo, mongoPair } from '../support/mongo-backend.ts';

describeOnMongo(() => {
  trainingVersionStoreContract('MongoDB', { openPair: () => mongoPair(createMongoTrainingVersionStore) });
});
