import { expect, it } from 'vitest';
import { createMongoResponseStore } from '../../src/db/mongodb/mongo-response-store.ts';
import { responseStoreContract } from '../contracts/response-store-contract.ts';
import { describeOnMongo, mongoPair } from '../support/mongo-backend.ts';

describeOnMongo(() => {
  responseStoreContract('MongoDB', { openPair: () => mongoPair(createMongoResponseStore) });

  it('keeps a conversation that is larger than a record of MongoDB, and removes all of it', async () => {
    await using pair = await mongoPair((connection) => ({ connection, store: createMongoResponseStore(connection) }));
    const { store, connection } = pair.first;
    // Its parts begin in the middle of characters.
    const messages = [{ role: 'user', text: `a${'ção'.repeat(4_000_000)}` }] as const;
    const response = { ownerId: 'usr_ana', conversation: 'resp_1', messages, body: {}, createdAt: new Date() };
    for (const id of ['resp_1', 'resp_2']) await store.save({ ...response, id });
    expect((await pair.second.store.find('resp_1', 'usr_ana'))?.messages).toEqual(messages);
    expect(await store.delete('resp_1', 'usr_ana')).toBe(true);
    await store.deleteExpired(new Date(response.createdAt.getTime() + 1));
    const left = await connection.run((database) => database.collection('response_parts').countDocuments());
    expect(left).toBe(0);
  });
});
