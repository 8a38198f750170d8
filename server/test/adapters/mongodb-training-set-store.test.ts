import { createMongoTrainingSetStore } from '../../src/db/mongodb/mongo-training-set-store.ts';
import { trainingSetStoreContract } from '../contracts/training-set-store-contract.ts';
import { describeOnMongo, mongoPair } from '../support/mongo-backend.ts';

describeOnMongo(() => {
  trainingSetStoreContract('MongoDB', { openPair: () => mongoPair(createMongoTrainingSetStore) });
});
