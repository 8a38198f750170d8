import { expect, it } from 'vitest';
import { createMongoIdempotencyStore } from '../../src/db/mongodb/mongo-idempotency-store.ts';
import { idempotencyStoreContract } from '../contracts/idempotency-store-contract.ts';
import { describeOnMongo, mongoBackend, mongoPair } from '../support/mongo-backend.ts';
import { createClock } from '../support/sqlite-backend.ts';

const reply = { status: 200, headers: {}, body: '' };

describeOnMongo(() => {
  idempotencyStoreContract('MongoDB', {
    async open() {
      const backend = await mongoBackend(createMongoIdempotencyStore);
      return { store: await backend.open(), [Symbol.asyncDispose]: () => backend[Symbol.asyncDispose]() };
    },
  });

  it('frees a key whose service fell silent, and takes no reply from it any more', async () => {
    const clock = createClock();
    await using pair = await mongoPair((connection) => createMongoIdempotencyStore(connection, clock));
    const claim = { fingerprint: 'print', now: clock.now(), expiresBefore: new Date(0) };
    await pair.first.claim('key', claim);
    clock.passTime(59_000);
    expect(await pair.second.claim('key', claim)).toMatchObject({ state: 'running' });
    clock.passTime(2000);
    expect(await pair.second.claim('key', claim)).toEqual({ state: 'first' });
    await pair.first.complete('key', reply);
    await pair.first.release('key');
    expect(await pair.first.claim('key', claim)).toMatchObject({ state: 'running' });
    await pair.second.complete('key', reply);
    expect(await pair.first.claim('key', claim)).toMatchObject({ state: 'completed', reply });
  });

  it('gives a key of two services to one', async () => {
    await using pair = await mongoPair((connection) => createMongoIdempotencyStore(connection));
    const claim = { fingerprint: 'print', now: new Date(), expiresBefore: new Date(0) };
    const claims = await Promise.all(
      Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? pair.first : pair.second).claim('key', claim)),
    );
    expect(claims.filter(({ state }) => state === 'first')).toHaveLength(1);
  });
});
