import { createMongoDatasetStore } from '../../src/db/mongodb/mongo-dataset-store.ts';
import { datasetStoreContract } from '../contracts/dataset-store-contract.ts';
import { describeOnMongo, mongoPair } from '../support/mongo-backend.ts';

describeOnMongo(() => {
  datasetStoreContract('MongoDB', { openPair: () => mongoPair(createMongoDatasetStore) });
});
