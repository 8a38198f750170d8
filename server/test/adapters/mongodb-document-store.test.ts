import { openMongoDocumentStore } from '../../src/db/mongodb/mongo-document-store.ts';
import { documentStoreContract } from '../contracts/document-store-contract.ts';
import { describeOnMongo, mongoBackend } from '../support/mongo-backend.ts';
import { createClock } from '../support/sqlite-backend.ts';

const clock = createClock();

describeOnMongo(() => {
  documentStoreContract('mongodb', {
    passTime: clock.passTime,
    newBackend: () => mongoBackend((connection) => openMongoDocumentStore({ connection, now: clock.now })),
  });
});
