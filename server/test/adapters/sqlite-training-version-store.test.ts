import { createSqliteTrainingVersionStore } from '../../src/db/sqlite/sqlite-training-version-store.ts';
import { trainingVersionStoreContract } from '../contracts/training-version-store-contract.ts';
import { sqlitePair } from '../support/sqlite-backend.ts';

trainingVersionStoreContract('SQLite', { openPair: () => sqlitePair(createSqliteTrainingVersionStore) });
