import { createMongoPersonaStore } from '../../src/db/mongodb/mongo-persona-store.ts';
import { personaStoreContract } from '../contracts/persona-store-contract.ts';
import { describeOnMongo, mongoPair } from '../support/mongo-backend.ts';

describeOnMongo(() => personaStoreContract('MongoDB', { openPair: () => mongoPair(createMongoPersonaStore) }));
