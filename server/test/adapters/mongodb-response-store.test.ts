import { createMongoResponseStore } from '../../src/db/mongodb/mongo-response-store.ts';
import { responseStoreContract } from '../contracts/response-store-contract.ts';
import { describeOnMongo, mongoPair } from '../support/mongo-backend.ts';

describeOnMongo(() => responseStoreContract('MongoDB', { openPair: () => mongoPair(createMongoResponseStore) }));
