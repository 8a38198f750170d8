import { expect } from 'vitest';
import type { IdempotencyStore, StoredReply } from '../../src/ports/idempotency-store.ts';
import { defineContract, type Deviation } from '../support/define-contract.ts';

export interface IdempotencyStoreHarness {
  deviations?: readonly Deviation[];
  open(): Promise<AsyncDisposable & { store: IdempotencyStore }>;
}

const now = new Date('2026-01-02T03:04:05Z');
const dayBefore = new Date('2026-01-01T03:04:05Z');
const claimOf = (fingerprint: string) => ({ fingerprint, now, expiresBefore: dayBefore });
const reply: StoredReply = { status: 201, headers: { location: '/things/1' }, body: '{"nome":"ação"}' };

export const idempotencyStoreContract = defineContract<IdempotencyStoreHarness>(
  'idempotency store',
  (contract, { open }) => {
    contract('gives a new key to the first of many claimers only', async () => {
      await using opened = await open();
      const claims = await Promise.all(Array.from({ length: 20 }, () => opened.store.claim('key', claimOf('print'))));
      expect(claims.filter(({ state }) => state === 'first')).toHaveLength(1);
      expect(claims.filter(({ state }) => state === 'running')).toHaveLength(19);
    });

    contract('gives the stored reply and the fingerprint of the first request back', async () => {
      await using opened = await open();
      await opened.store.claim('key', claimOf('print'));
      await opened.store.complete('key', reply);
      expect(await opened.store.claim('key', claimOf('another'))).toEqual({
        state: 'completed',
        fingerprint: 'print',
        reply,
      });
    });

    contract('frees a released key, but not a completed one', async () => {
      await using opened = await open();
      await opened.store.claim('released', claimOf('print'));
      await opened.store.release('released');
      expect(await opened.store.claim('released', claimOf('print'))).toEqual({ state: 'first' });
      await opened.store.claim('completed', claimOf('print'));
      await opened.store.complete('completed', reply);
      await opened.store.release('completed');
      expect(await opened.store.claim('completed', claimOf('print'))).toMatchObject({ state: 'completed' });
    });

    contract('forgets what was claimed before the time of expiry', async () => {
      await using opened = await open();
      await opened.store.claim('old', { fingerprint: 'print', now: dayBefore, expiresBefore: dayBefore });
      await opened.store.complete('old', reply);
      const laterExpiry = new Date(dayBefore.getTime() + 1);
      expect(await opened.store.claim('old', { fingerprint: 'new', now, expiresBefore: laterExpiry })).toEqual({
        state: 'first',
      });
    });

    contract('deletes what has expired and keeps the rest', async () => {
      await using opened = await open();
      await opened.store.claim('old', { fingerprint: 'print', now: dayBefore, expiresBefore: dayBefore });
      await opened.store.claim('young', claimOf('print'));
      await opened.store.deleteExpired(now);
      expect(await opened.store.claim('old', claimOf('print'))).toEqual({ state: 'first' });
      expect(await opened.store.claim('young', claimOf('print'))).toMatchObject({ state: 'running' });
    });
  },
);
