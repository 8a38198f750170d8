import { createMongoUsageStore } from '../../src/db/mongodb/usage/mongo-usage-store.ts';
import { usageStoreContract } from '../contracts/usage-store-contract.ts';
import { describeOnMongo, mongoPair } from '../support/mongo-backend.ts';

describeOnMongo(() => usageStoreContract('MongoDB', { openPair: () => mongoPair(createMongoUsageStore) }));
