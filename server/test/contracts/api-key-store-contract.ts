import { expect } from 'vitest';
import type { ApiKey } from '../../src/models/api-key.ts';
import { newId } from '../../src/models/new-id.ts';
import { sampleUser, type AccountStores, type AccountStoresHarness } from '../support/accounts.ts';
import { defineContract } from '../support/define-contract.ts';
import { hostileCursors } from '../support/hostile-cursors.ts';

async function createOwner({ users }: AccountStores): Promise<string> {
  const user = sampleUser();
  await users.create(user);
  return user.id;
}

function sampleKey(userId: string, change: Partial<ApiKey> = {}): ApiKey {
  return {
    id: newId('key'),
    userId,
    name: 'página de perguntas',
    scopes: ['ask', 'act_as'],
    collections: null,
    models: null,
    dialects: null,
    requestsPerMinute: null,
    tokensPerDay: null,
    expiresAt: null,
    lastUsedAt: null,
    createdAt: new Date('2026-01-02T03:04:05.678Z'),
    secretHash: 'ab'.repeat(32),
    ...change,
  };
}

export const apiKeyStoreContract = defineContract<AccountStoresHarness>('API key store', (it, { openPair }) => {
  it('gives back exactly what was created, to every client', async () => {
    await using pair = await openPair();
    const owner = await createOwner(pair.first);
    const plain = sampleKey(owner);
    const limited = sampleKey(owner, {
      collections: ['exemplos'],
      models: [],
      dialects: null,
      requestsPerMinute: 60,
      tokensPerDay: 1_000_000_000_000,
      expiresAt: new Date('2027-01-01'),
      lastUsedAt: new Date('2026-01-03'),
    });
    await pair.first.apiKeys.create(plain);
    await pair.first.apiKeys.create(limited);
    expect(await pair.second.apiKeys.find(plain.id)).toEqual(plain);
    expect(await pair.second.apiKeys.find(limited.id)).toEqual(limited);
    expect(await pair.second.apiKeys.find('absent')).toBeUndefined();
  });

  it('lists keys newest first, page by page, of one user or of all', async () => {
    await using pair = await openPair();
    const [ana, rui] = [await createOwner(pair.first), await createOwner(pair.first)];
    const ids: string[] = [];
    for (let index = 0; index < 6; index += 1) {
      const key = sampleKey(index % 2 === 0 ? ana : rui, { createdAt: new Date(1000 * (index + 1)) });
      await pair.first.apiKeys.create(key);
      ids.unshift(key.id);
    }
    const listed = async (userId: string | null): Promise<string[]> => {
      const found: string[] = [];
      let after: string | null = null;
      do {
        const page: { items: readonly ApiKey[]; next: string | null } = await pair.second.apiKeys.list(userId, {
          limit: 2,
          after,
        });
        found.push(...page.items.map(({ id }) => id));
        after = page.next;
      } while (after !== null);
      return found;
    };
    expect(await listed(null)).toEqual(ids);
    expect(await listed(rui)).toEqual(ids.filter((_, index) => index % 2 === 0));
    expect(await listed('usr_absent')).toEqual([]);
  });

  it('lists keys made at the same moment once each', async () => {
    await using pair = await openPair();
    const owner = await createOwner(pair.first);
    const keys = Array.from({ length: 5 }, () => sampleKey(owner));
    for (const key of keys) await pair.first.apiKeys.create(key);
    const start = await pair.first.apiKeys.list(owner, { limit: 3, after: null });
    const rest = await pair.first.apiKeys.list(owner, { limit: 3, after: start.next });
    const listed = [...start.items, ...rest.items].map(({ id }) => id);
    expect(listed.toSorted()).toEqual(keys.map(({ id }) => id).toSorted());
    expect(rest.next).toBeNull();
  });

  it('refuses cursors that it did not give', async () => {
    await using pair = await openPair();
    for (const after of hostileCursors) {
      const list = pair.first.apiKeys.list(null, { limit: 3, after });
      await expect(list, after).rejects.toMatchObject({ code: 'invalid_request' });
    }
  });

  it('notes the latest use, whatever the order in which uses arrive', async () => {
    await using pair = await openPair();
    const key = sampleKey(await createOwner(pair.first));
    await pair.first.apiKeys.create(key);
    const [early, late] = [new Date(5000), new Date(9000)];
    await pair.first.apiKeys.touch(key.id, late);
    await pair.second.apiKeys.touch(key.id, early);
    expect(await pair.first.apiKeys.find(key.id)).toEqual({ ...key, lastUsedAt: late });
  });

  it('notes no use of a key that is gone', async () => {
    await using pair = await openPair();
    await pair.first.apiKeys.touch('absent', new Date(0));
    expect(await pair.first.apiKeys.find('absent')).toBeUndefined();
  });

  it('deletes one key, for every client, once', async () => {
    await using pair = await openPair();
    const owner = await createOwner(pair.first);
    const [gone, kept] = [sampleKey(owner), sampleKey(owner)];
    await pair.first.apiKeys.create(gone);
    await pair.first.apiKeys.create(kept);
    await pair.first.apiKeys.delete(gone.id);
    expect(await pair.second.apiKeys.find(gone.id)).toBeUndefined();
    expect(await pair.second.apiKeys.find(kept.id)).toEqual(kept);
    await expect(pair.second.apiKeys.delete(gone.id)).rejects.toMatchObject({ code: 'not_found' });
  });
});
