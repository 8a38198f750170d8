import { expect } from 'vitest';
import type { AuditEntry } from '../../src/models/audit-entry.ts';
import type { AuditFilter, AuditLog } from '../../src/ports/audit-log.ts';
import { defineContract, type Deviation } from '../support/define-contract.ts';
import { sampleAuditEntry } from '../support/sample-audit-entry.ts';

export interface AuditLogHarness {
  deviations?: readonly Deviation[];
  /** Two clients of one new and empty backend. */
  openPair(): Promise<AsyncDisposable & { first: AuditLog; second: AuditLog }>;
}

const everything: AuditFilter = { actor: null, action: null, since: null };
const ids = (entries: readonly AuditEntry[]): string[] => entries.map(({ id }) => id);

export const auditLogContract = defineContract<AuditLogHarness>('audit log', (it, { openPair }) => {
  it('gives entries back exactly, to every client', async () => {
    await using pair = await openPair();
    const full = sampleAuditEntry('aud_1', { subject: 'ação\u2028$set', address: '2001:db8::1', requestId: 'req-1' });
    const bare = sampleAuditEntry('aud_2', { at: new Date(0), actor: null, subject: null, outcome: 'throttled' });
    await pair.first.append(full);
    await pair.second.append(bare);
    expect(await pair.second.list(everything, { limit: 10, after: null })).toEqual({ items: [full, bare], next: null });
  });

  it('takes an id once', async () => {
    await using pair = await openPair();
    await pair.first.append(sampleAuditEntry('aud_1'));
    const again = pair.second.append(sampleAuditEntry('aud_1', { outcome: 'failed' }));
    await expect(again).rejects.toMatchObject({ code: 'already_exists' });
    expect((await pair.first.list(everything, { limit: 10, after: null })).items).toEqual([sampleAuditEntry('aud_1')]);
  });

  it('lists page by page, newest first', async () => {
    await using pair = await openPair();
    for (const [index, id] of ['aud_b', 'aud_a', 'aud_c', 'aud_d'].entries()) {
      await pair.first.append(sampleAuditEntry(id, { at: new Date(index < 2 ? 0 : index) }));
    }
    const first = await pair.second.list(everything, { limit: 3, after: null });
    expect(ids(first.items)).toEqual(['aud_d', 'aud_c', 'aud_b']);
    // What comes meanwhile is not on a later page.
    await pair.first.append(sampleAuditEntry('aud_e', { at: new Date(9) }));
    const rest = await pair.second.list(everything, { limit: 3, after: first.next });
    expect([ids(rest.items), rest.next]).toEqual([['aud_a'], null]);
    const foreign = pair.first.list(everything, { limit: 1, after: 'W10' });
    await expect(foreign).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('finds what one account or key did, what was done, and since when', async () => {
    await using pair = await openPair();
    const ana = { userId: 'usr_1', username: 'ana', keyId: null };
    const bia = { userId: 'usr_2', username: 'bia', keyId: '00aa' };
    await pair.first.append(sampleAuditEntry('aud_1', { at: new Date(1), actor: ana, action: 'key.create' }));
    await pair.first.append(sampleAuditEntry('aud_2', { at: new Date(2), actor: bia, action: 'key.delete' }));
    await pair.first.append(sampleAuditEntry('aud_3', { at: new Date(3), actor: ana, action: 'key.delete' }));
    await pair.first.append(sampleAuditEntry('aud_4', { at: new Date(4), actor: null, action: 'session.login' }));
    const found = async (filter: Partial<AuditFilter>): Promise<string[]> =>
      ids((await pair.second.list({ ...everything, ...filter }, { limit: 10, after: null })).items);
    expect(await found({ actor: 'usr_1' })).toEqual(['aud_3', 'aud_1']);
    expect(await found({ actor: 'bia' })).toEqual(['aud_2']);
    expect(await found({ actor: '00aa' })).toEqual(['aud_2']);
    expect(await found({ actor: 'nobody' })).toEqual([]);
    expect(await found({ action: 'key.delete' })).toEqual(['aud_3', 'aud_2']);
    expect(await found({ since: new Date(3) })).toEqual(['aud_4', 'aud_3']);
    expect(await found({ actor: 'ana', action: 'key.delete', since: new Date(2) })).toEqual(['aud_3']);
    const page = await pair.first.list({ ...everything, actor: 'ana' }, { limit: 1, after: null });
    const next = await pair.first.list({ ...everything, actor: 'ana' }, { limit: 1, after: page.next });
    expect([...ids(page.items), ...ids(next.items)]).toEqual(['aud_3', 'aud_1']);
  });

  it('forgets what is older than a moment, and nothing else', async () => {
    await using pair = await openPair();
    for (const at of [1, 2, 3]) await pair.first.append(sampleAuditEntry(`aud_${at}`, { at: new Date(at) }));
    await pair.second.removeBefore(new Date(2));
    expect(ids((await pair.first.list(everything, { limit: 10, after: null })).items)).toEqual(['aud_3', 'aud_2']);
  });

  it('keeps all of what many note at once', async () => {
    await using pair = await openPair();
    const wanted = Array.from({ length: 20 }, (_, n) => `aud_${String(n).padStart(2, '0')}`);
    await Promise.all(wanted.map((id, n) => (n % 2 === 0 ? pair.first : pair.second).append(sampleAuditEntry(id))));
    const { items } = await pair.first.list(everything, { limit: 100, after: null });
    expect(ids(items).toReversed()).toEqual(wanted);
  });
});
