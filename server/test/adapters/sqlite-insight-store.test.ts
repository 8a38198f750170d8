import { createSqliteInsightStore } from '../../src/db/sqlite/sqlite-insight-store.ts';
import { insightStoreContract } from '../contracts/insight-store-contract.ts';
import { sqlitePair } from '../support/sqlite-backend.ts';

insightStoreContract('SQLite', { openPair: () => sqlitePair(createSqliteInsightStore) });
