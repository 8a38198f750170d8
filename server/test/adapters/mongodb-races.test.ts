import { expect, it } from 'vitest';
import { accountCollections } from '../../src/db/mongodb/accounts/account-records.ts';
import { withdrawAdministrator } from '../../src/db/mongodb/accounts/withdraw-administrator.ts';
import type { MongoConnection } from '../../src/db/mongodb/connection.ts';
import type { RefreshToken } from '../../src/models/refresh-token.ts';
import { sampleUser, type AccountStores } from '../support/accounts.ts';
import { mongoAccountStores } from '../support/mongo-accounts.ts';
import { describeOnMongo, mongoPair } from '../support/mongo-backend.ts';

type Client = AccountStores & { connection: MongoConnection };

const openClients = () => mongoPair((connection): Client => ({ ...mongoAccountStores(connection), connection }));

async function administrators({ users }: Client, count: number): Promise<string[]> {
  const made = Array.from({ length: count }, () => sampleUser({ role: 'admin' }));
  for (const user of made) await users.create(user);
  return made.map(({ id }) => id);
}

const token = (change: Partial<RefreshToken>): RefreshToken => ({
  hash: '',
  familyId: 'family',
  userId: 'usr_1',
  sessionVersion: 1,
  expiresAt: new Date('2100-01-01'),
  usedAt: null,
  ...change,
});

describeOnMongo(() => {
  it('keeps one of twenty administrators that are all removed at once', async () => {
    await using pair = await openClients();
    const ids = await administrators(pair.first, 20);
    const removals = await Promise.allSettled(
      ids.map((id, index) => {
        const { users } = index % 2 === 0 ? pair.first : pair.second;
        if (index % 3 === 0) return users.delete(id);
        return users.update(id, index % 3 === 1 ? { role: 'member' } : { disabled: true });
      }),
    );
    const left = await pair.first.users.countAdministrators();
    expect(left).toBe(1);
    expect(removals.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    const refusals = removals.flatMap((removal) => (removal.status === 'rejected' ? [removal.reason as unknown] : []));
    for (const refusal of refusals) expect(refusal).toMatchObject({ code: 'conflict' });
  });

  it('goes on after a crash between the ticket and the change, which then comes too late', async () => {
    await using pair = await openClients();
    const [one = '', other = ''] = await administrators(pair.first, 2);
    let late: (() => Promise<unknown>) | undefined;
    const cutOff = pair.first.connection.run((database) =>
      withdrawAdministrator(database, one, async (ticket) => {
        const { users } = accountCollections(database);
        late = () => users.updateOne({ _id: one, withdrawal: { $lt: ticket } }, { $set: { role: 'member' } });
        throw new Error('cut off');
      }),
    );
    await expect(cutOff).rejects.toThrow('cut off');
    await pair.second.users.delete(other);
    await late?.();
    expect(await pair.second.users.countAdministrators()).toBe(1);
    await expect(pair.second.users.delete(one)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('changes nobody by a ticket that is too late', async () => {
    await using pair = await openClients();
    const [one = ''] = await administrators(pair.first, 2);
    await pair.first.connection.run((database) =>
      accountCollections(database).users.updateOne({ _id: one }, { $set: { withdrawal: 1000 } }),
    );
    const { users } = pair.first;
    const removals = [users.delete(one), users.update(one, { role: 'member' }), users.update(one, { disabled: true })];
    for (const removal of await Promise.allSettled(removals)) {
      expect(removal).toMatchObject({ status: 'rejected', reason: { code: 'conflict' } });
    }
    expect(await users.countAdministrators()).toBe(2);
  });

  it('leaves no token of a login that ends while its token is used', async () => {
    await using pair = await openClients();
    for (let round = 0; round < 20; round += 1) {
      const family = token({ familyId: `family${round}`, hash: `first${round}` });
      const next = token({ familyId: family.familyId, hash: `second${round}` });
      await pair.first.refreshTokens.create(family);
      await Promise.all([
        pair.first.refreshTokens.rotate(family.hash, next, new Date()),
        pair.second.refreshTokens.deleteFamily(family.familyId),
      ]);
      expect(await pair.first.refreshTokens.find(next.hash)).toBeUndefined();
      expect(await pair.first.refreshTokens.find(family.hash)).toBeUndefined();
      expect(await pair.second.refreshTokens.rotate(next.hash, token({ hash: 'third' }), new Date())).toBe(false);
    }
  });

  it('gives the same answer when a use of a token is repeated, whose reply was lost', async () => {
    await using pair = await openClients();
    await pair.first.refreshTokens.create(token({ hash: 'a' }));
    const [next, usedAt] = [token({ hash: 'b' }), new Date(5000)];
    expect(await pair.first.refreshTokens.rotate('a', next, usedAt)).toBe(true);
    expect(await pair.second.refreshTokens.rotate('a', next, usedAt)).toBe(true);
    expect(await pair.second.refreshTokens.rotate('a', token({ hash: 'c' }), usedAt)).toBe(false);
  });

  it('leaves no key of a user who is deleted while it is made', async () => {
    await using pair = await openClients();
    const limits = { collections: null, models: null, dialects: null, requestsPerMinute: null, tokensPerDay: null };
    for (let round = 0; round < 10; round += 1) {
      const user = sampleUser();
      await pair.first.users.create(user);
      const key = { id: `key${round}`, userId: user.id, name: 'k', scopes: [], secretHash: '', createdAt: new Date() };
      await Promise.allSettled([
        pair.first.apiKeys.create({ ...key, ...limits, expiresAt: null, lastUsedAt: null }),
        pair.second.users.delete(user.id),
      ]);
      expect(await pair.first.apiKeys.find(key.id)).toBeUndefined();
    }
  });
});
