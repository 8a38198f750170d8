import { expect, it } from 'vitest';
import { createMongoIdempotencyStore } from '../../src/db/mongodb/mongo-idempotency-store.ts';
import { createMongoRefreshTokenStore } from '../../src/db/mongodb/accounts/mongo-refresh-token-store.ts';
import { createMongoResponseStore } from '../../src/db/mongodb/mongo-response-store.ts';
import { describeOnMongo, mongoBackend } from '../support/mongo-backend.ts';

const dayMs = 24 * 60 * 60 * 1000;
const longAgo = new Date(Date.UTC(2020, 0, 1));
const swept = ['idempotency', 'responses', 'logins', 'refresh_tokens'];

describeOnMongo(() => {
  it('MongoDB removes what has an end, a day after services would have', async () => {
    await using backend = await mongoBackend((connection) => connection);
    const connection = await backend.open();
    const claim = { fingerprint: 'f', now: longAgo, expiresBefore: longAgo };
    await createMongoIdempotencyStore(connection).claim('key', claim);
    const response = { id: 'resp_1', ownerId: 'usr_1', conversation: 'c', messages: [], body: {}, createdAt: longAgo };
    await createMongoResponseStore(connection).save(response);
    const expiresAt = new Date(Date.now() + 30 * dayMs);
    const token = { hash: 'h', familyId: 'fam', userId: 'usr_1', sessionVersion: 1, expiresAt, usedAt: null };
    await createMongoRefreshTokenStore(connection).create(token);

    const found = await connection.run((database) =>
      Promise.all(
        swept.map(async (name) => ({
          name,
          index: (await database.collection(name).indexes()).find(({ key }) => 'sweepAt' in key)?.expireAfterSeconds,
          sweepAt: ((await database.collection(name).findOne()) as { sweepAt?: Date } | null)?.sweepAt?.getTime(),
        })),
      ),
    );
    expect(found.map(({ name, index }) => [name, index])).toEqual(swept.map((name) => [name, 0]));
    // A clock that is wrong does not make MongoDB remove what somebody just stored.
    for (const { sweepAt } of found.slice(0, 2)) expect(sweepAt).toBeGreaterThan(Date.now() + dayMs - 60_000);
    for (const { sweepAt } of found.slice(2)) expect(sweepAt).toBe(expiresAt.getTime() + dayMs);
  });
});
