import { expect } from 'vitest';
import type { User } from '../../src/models/user.ts';
import { sampleUser, type AccountStoresHarness } from '../support/accounts.ts';
import { defineContract } from '../support/define-contract.ts';
import { hostileCursors } from '../support/hostile-cursors.ts';

const administrator = (): User => sampleUser({ role: 'admin' });
const expiresAt = new Date('2026-02-01');

export const userStoreContract = defineContract<AccountStoresHarness>('user store', (it, { openPair }) => {
  it('gives back exactly what was created, to every client', async () => {
    await using pair = await openPair();
    const user = sampleUser({ username: 'João.Ávila', groups: ['vendas', 'são paulo'], disabled: true, role: 'admin' });
    await pair.first.users.create(user);
    expect(await pair.second.users.find(user.id)).toEqual(user);
    expect(await pair.second.users.findByUsername('joão.ÁVILA')).toEqual(user);
  });

  it('finds nobody under an unknown id or name', async () => {
    await using pair = await openPair();
    expect(await pair.first.users.find('usr_absent')).toBeUndefined();
    expect(await pair.first.users.findByUsername("' or 1=1 --")).toBeUndefined();
  });

  it('refuses a name that is taken in another case', async () => {
    await using pair = await openPair();
    await pair.first.users.create(sampleUser({ username: 'maria' }));
    await expect(pair.second.users.create(sampleUser({ username: 'MARIA' }))).rejects.toMatchObject({
      code: 'already_exists',
    });
  });

  it('lets one of many creators of a name win', async () => {
    await using pair = await openPair();
    const creations = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        (index % 2 === 0 ? pair.first : pair.second).users.create(sampleUser({ username: 'ana' })),
      ),
    );
    expect(creations.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('lists everybody once, oldest first, page by page, also those made at the same moment', async () => {
    await using pair = await openPair();
    const made = Array.from({ length: 7 }, (_, index) =>
      sampleUser({ username: `user${index}`, createdAt: new Date(1000 * Math.floor((9 - index) / 2)) }),
    );
    for (const user of made) await pair.first.users.create(user);
    const listed: User[] = [];
    let after: string | null = null;
    do {
      const page: { items: readonly User[]; next: string | null } = await pair.second.users.list({ limit: 3, after });
      listed.push(...page.items);
      after = page.next;
    } while (after !== null);
    expect(new Set(listed.map(({ id }) => id))).toEqual(new Set(made.map(({ id }) => id)));
    expect(listed).toHaveLength(7);
    const times = listed.map(({ createdAt }) => createdAt.getTime());
    expect(times).toEqual(times.toSorted((one, other) => one - other));
  });

  it('gives an empty last page no cursor', async () => {
    await using pair = await openPair();
    expect(await pair.first.users.list({ limit: 3, after: null })).toEqual({ items: [], next: null });
  });

  it('refuses cursors that it did not give', async () => {
    await using pair = await openPair();
    for (const after of hostileCursors) {
      await expect(pair.first.users.list({ limit: 3, after }), after).rejects.toMatchObject({
        code: 'invalid_request',
      });
    }
  });

  it('changes what is named and nothing else', async () => {
    await using pair = await openPair();
    const user = sampleUser({ groups: ['a'] });
    await pair.first.users.create(user);
    expect(await pair.first.users.update(user.id, { groups: ['b', 'c'] })).toEqual({ ...user, groups: ['b', 'c'] });
    const changed = { role: 'admin', disabled: true, passwordHash: 'new' } as const;
    await pair.first.users.update(user.id, changed);
    expect(await pair.second.users.find(user.id)).toEqual({ ...user, ...changed, groups: ['b', 'c'] });
  });

  it('raises the session version once for each of many that end sessions at once', async () => {
    await using pair = await openPair();
    const user = sampleUser();
    await pair.first.users.create(user);
    await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        (index % 2 === 0 ? pair.first : pair.second).users.update(user.id, { endSessions: true }),
      ),
    );
    expect((await pair.first.users.find(user.id))?.sessionVersion).toBe(11);
  });

  it('refuses to change or delete somebody absent', async () => {
    await using pair = await openPair();
    const notFound = { code: 'not_found' };
    await expect(pair.first.users.update('usr_absent', { disabled: true })).rejects.toMatchObject(notFound);
    await expect(pair.first.users.delete('usr_absent')).rejects.toMatchObject(notFound);
  });

  it('keeps the last administrator who can log in', async () => {
    await using pair = await openPair();
    const [last, disabled] = [administrator(), sampleUser({ role: 'admin', disabled: true })];
    await pair.first.users.create(last);
    await pair.first.users.create(disabled);
    await pair.first.users.create(sampleUser());
    const conflict = { code: 'conflict' };
    await expect(pair.first.users.update(last.id, { role: 'member' })).rejects.toMatchObject(conflict);
    await expect(pair.first.users.update(last.id, { disabled: true })).rejects.toMatchObject(conflict);
    await expect(pair.first.users.delete(last.id)).rejects.toMatchObject(conflict);
    expect(await pair.first.users.find(last.id)).toEqual(last);
    await pair.first.users.update(last.id, { groups: ['a'] });
    await pair.first.users.delete(disabled.id);
  });

  it('keeps one of two administrators that remove each other at once', async () => {
    await using pair = await openPair();
    const [one, other] = [administrator(), administrator()];
    await pair.first.users.create(one);
    await pair.first.users.create(other);
    const removals = await Promise.allSettled([
      pair.first.users.delete(other.id),
      pair.second.users.update(one.id, { role: 'member' }),
    ]);
    expect(removals.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await pair.first.users.countAdministrators()).toBe(1);
  });

  it('counts the administrators who can log in', async () => {
    await using pair = await openPair();
    expect(await pair.first.users.countAdministrators()).toBe(0);
    await pair.first.users.create(administrator());
    await pair.first.users.create(sampleUser({ role: 'admin', disabled: true }));
    await pair.first.users.create(sampleUser());
    expect(await pair.second.users.countAdministrators()).toBe(1);
  });

  it('deletes keys and tokens with their user', async () => {
    await using pair = await openPair();
    const user = sampleUser();
    await pair.first.users.create(user);
    const limits = { collections: null, models: null, dialects: null, requestsPerMinute: null, tokensPerDay: null };
    const key = { id: 'key', userId: user.id, name: 'k', scopes: [], secretHash: 'aa', createdAt: user.createdAt };
    await pair.first.apiKeys.create({ ...key, ...limits, expiresAt: null, lastUsedAt: null });
    const token = { hash: 'h', familyId: 'f', userId: user.id, sessionVersion: 1, usedAt: null, expiresAt };
    await pair.first.refreshTokens.create(token);
    await pair.first.users.delete(user.id);
    expect(await pair.second.apiKeys.find('key')).toBeUndefined();
    expect(await pair.second.refreshTokens.find('h')).toBeUndefined();
    expect(await pair.second.refreshTokens.hasFamily('f')).toBe(false);
  });
});
