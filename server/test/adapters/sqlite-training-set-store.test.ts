import { createSqliteTrainingSetStore } from '../../src/db/sqlite/sqlite-training-set-store.ts';
import { trainingSetStoreContract } from '../contracts/training-set-store-contract.ts';
import { sqlitePair } from '../support/sqlite-backend.ts';

trainingSetStoreContract('SQLite', { openPair: () => sqlitePair(createSqliteTrainingSetStore) });
