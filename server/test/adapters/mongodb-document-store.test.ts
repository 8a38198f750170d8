import { expect, it } from 'vitest';
import { openMongoDocumentStore } from '../../src/db/mongodb/documents/mongo-document-store.ts';
import { documentStoreContract } from '../contracts/document-store-contract.ts';
import { describeOnMongo, mongoBackend } from '../support/mongo-backend.ts';
import { createClock } from '../support/sqlite-backend.ts';

const clock = createClock();
const newBackend = () => mongoBackend((connection) => openMongoDocumentStore({ connection, now: clock.now }));

describeOnMongo(() => {
  documentStoreContract('MongoDB', { passTime: clock.passTime, newBackend });

  it('keeps bytes and texts that are larger than a document of MongoDB may be', async () => {
    await using backend = await newBackend();
    await using store = await backend.open();
    const draft = { collection: 'manuals', title: null, mediaType: 'text/plain', fileName: null, metadata: {} };
    const original = Buffer.alloc(20_000_000, 'olá, ');
    const { document } = await store.accept({ ...draft, readers: ['everyone'], ownerId: 'usr_1' }, original);
    const text = 'prazo '.repeat(3_000_000);
    await store.saveText(document.id, 1, { title: null, text, sections: [], pages: [] });
    const revision = await store.findRevision(document.id, 1);
    expect(original.equals(await revision!.original())).toBe(true);
    expect((await revision!.text())!.text === text).toBe(true);
  });
});
