import { expect } from 'vitest';
import type { RefreshToken } from '../../src/models/refresh-token.ts';
import { sampleUser, type AccountStores, type AccountStoresHarness } from '../support/accounts.ts';
import { defineContract } from '../support/define-contract.ts';

const usedAt = new Date('2026-01-02T03:04:05.678Z');

/** Makes tokens of one new user. */
async function tokensOfNewUser({ users }: AccountStores): Promise<(change: Partial<RefreshToken>) => RefreshToken> {
  const { id } = sampleUser();
  await users.create(sampleUser({ id }));
  const expiresAt = new Date('2026-02-01T00:00:00.001Z');
  return (change) => ({ hash: '', familyId: 'f1', userId: id, sessionVersion: 3, expiresAt, usedAt: null, ...change });
}

export const refreshTokenStoreContract = defineContract<AccountStoresHarness>(
  'refresh token store',
  (it, { openPair }) => {
    it('gives back exactly what was created, to every client', async () => {
      await using pair = await openPair();
      const token = await tokensOfNewUser(pair.first);
      await pair.first.refreshTokens.create(token({ hash: 'a' }));
      await pair.first.refreshTokens.create(token({ hash: 'b', usedAt }));
      expect(await pair.second.refreshTokens.find('a')).toEqual(token({ hash: 'a' }));
      expect(await pair.second.refreshTokens.find('b')).toEqual(token({ hash: 'b', usedAt }));
      expect(await pair.second.refreshTokens.find('c')).toBeUndefined();
    });

    it('marks a token used and stores its successor', async () => {
      await using pair = await openPair();
      const token = await tokensOfNewUser(pair.first);
      await pair.first.refreshTokens.create(token({ hash: 'a' }));
      expect(await pair.first.refreshTokens.rotate('a', token({ hash: 'b' }), usedAt)).toBe(true);
      expect(await pair.second.refreshTokens.find('a')).toEqual(token({ hash: 'a', usedAt }));
      expect(await pair.second.refreshTokens.find('b')).toEqual(token({ hash: 'b' }));
    });

    it('rotates neither a used nor an absent token, and stores no successor then', async () => {
      await using pair = await openPair();
      const token = await tokensOfNewUser(pair.first);
      await pair.first.refreshTokens.create(token({ hash: 'a', usedAt }));
      expect(await pair.first.refreshTokens.rotate('a', token({ hash: 'b' }), new Date())).toBe(false);
      expect(await pair.first.refreshTokens.rotate('absent', token({ hash: 'b' }), new Date())).toBe(false);
      expect(await pair.first.refreshTokens.find('b')).toBeUndefined();
      expect(await pair.first.refreshTokens.find('a')).toEqual(token({ hash: 'a', usedAt }));
    });

    it('lets exactly one of many uses at once succeed', async () => {
      await using pair = await openPair();
      const token = await tokensOfNewUser(pair.first);
      await pair.first.refreshTokens.create(token({ hash: 'a' }));
      const uses = await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          (index % 2 === 0 ? pair.first : pair.second).refreshTokens.rotate(
            'a',
            token({ hash: `successor${index}` }),
            usedAt,
          ),
        ),
      );
      expect(uses.filter(Boolean)).toHaveLength(1);
      const winner = uses.indexOf(true);
      const successors = await Promise.all(uses.map((_, index) => pair.first.refreshTokens.find(`successor${index}`)));
      expect(successors.flatMap((found, index) => (found === undefined ? [] : [index]))).toEqual([winner]);
    });

    it('ends one login and leaves the others', async () => {
      await using pair = await openPair();
      const token = await tokensOfNewUser(pair.first);
      for (const hash of ['a', 'b']) await pair.first.refreshTokens.create(token({ hash }));
      await pair.first.refreshTokens.create(token({ hash: 'c', familyId: 'f2' }));
      await pair.first.refreshTokens.deleteFamily('f1');
      expect(await pair.second.refreshTokens.find('a')).toBeUndefined();
      expect(await pair.second.refreshTokens.find('b')).toBeUndefined();
      expect(await pair.second.refreshTokens.hasFamily('f1')).toBe(false);
      expect(await pair.second.refreshTokens.hasFamily('f2')).toBe(true);
      await pair.first.refreshTokens.deleteFamily('absent');
    });

    it('knows a login by its used tokens too', async () => {
      await using pair = await openPair();
      const token = await tokensOfNewUser(pair.first);
      expect(await pair.first.refreshTokens.hasFamily('f1')).toBe(false);
      await pair.first.refreshTokens.create(token({ hash: 'a', usedAt }));
      expect(await pair.first.refreshTokens.hasFamily('f1')).toBe(true);
    });

    it('removes what ends now or ended before, and nothing else', async () => {
      await using pair = await openPair();
      const token = await tokensOfNewUser(pair.first);
      const now = new Date(10_000);
      await pair.first.refreshTokens.create(token({ hash: 'before', expiresAt: new Date(9999) }));
      await pair.first.refreshTokens.create(token({ hash: 'now', expiresAt: now }));
      await pair.first.refreshTokens.create(token({ hash: 'after', expiresAt: new Date(10_001) }));
      await pair.second.refreshTokens.deleteExpired(now);
      const found = await Promise.all(
        ['before', 'now', 'after'].map(async (hash) => (await pair.first.refreshTokens.find(hash))?.hash),
      );
      expect(found).toEqual([undefined, undefined, 'after']);
    });
  },
);
