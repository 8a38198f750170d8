import { expect } from 'vitest';
import type { VersionInForce } from '../../src/models/training-version.ts';
import type { TrainingVersionStore } from '../../src/ports/training-version-store.ts';
import { defineContract, type Deviation } from '../support/define-contract.ts';
import { sampleVersion } from '../support/sample-training.ts';

export interface TrainingVersionStoreHarness {
  deviations?: readonly Deviation[];
  /** Two clients of one new and empty backend. */
  openPair(): Promise<AsyncDisposable & { first: TrainingVersionStore; second: TrainingVersionStore }>;
}

const inForce = (change: Partial<VersionInForce> = {}): VersionInForce => ({
  base: 'nano',
  versionId: 'ver_1',
  earlier: [],
  revision: 1,
  changedAt: new Date(5000),
  changedBy: 'usr_1',
  ...change,
});

export const trainingVersionStoreContract = defineContract<TrainingVersionStoreHarness>(
  'training version store',
  (it, { openPair }) => {
    it('gives a version back exactly, to every client', async () => {
      await using pair = await openPair();
      const version = sampleVersion('ver_1', {
        override: { userId: 'usr_2', reason: 'Porque sim.\u2028', at: new Date(4000) },
        gate: { accepted: false, checks: [{ name: 'exact', before: null, after: 0.5, limit: 1, passed: false }] },
      });
      await pair.first.add(version);
      await pair.first.add(sampleVersion('ver_2'));
      expect(await pair.second.find('ver_1')).toEqual(version);
      expect(await pair.second.find('ver_2')).toEqual(sampleVersion('ver_2'));
      expect(await pair.second.find('ver_none')).toBeUndefined();
    });

    it('takes an id once', async () => {
      await using pair = await openPair();
      await pair.first.add(sampleVersion('ver_1'));
      const again = pair.second.add(sampleVersion('ver_1', { base: 'other' }));
      await expect(again).rejects.toMatchObject({ code: 'already_exists' });
      expect(await pair.second.find('ver_1')).toEqual(sampleVersion('ver_1'));
    });

    it('lists them page by page, newest first', async () => {
      await using pair = await openPair();
      for (const [index, id] of ['ver_b', 'ver_a', 'ver_c', 'ver_d'].entries()) {
        await pair.first.add(sampleVersion(id, { createdAt: new Date(index < 2 ? 0 : index) }));
      }
      const first = await pair.second.list({ limit: 3, after: null });
      expect(first.items.map(({ id }) => id)).toEqual(['ver_d', 'ver_c', 'ver_b']);
      const rest = await pair.second.list({ limit: 3, after: first.next });
      expect([rest.items.map(({ id }) => id), rest.next]).toEqual([['ver_a'], null]);
      await expect(pair.first.list({ limit: 1, after: 'W10' })).rejects.toMatchObject({ code: 'invalid_request' });
    });

    it('notes one override, of however many come at once', async () => {
      await using pair = await openPair();
      await pair.first.add(sampleVersion('ver_1'));
      const noted = await Promise.all(
        Array.from({ length: 10 }, (_, n) => {
          const store = n % 2 === 0 ? pair.first : pair.second;
          return store.override('ver_1', { userId: `usr_${n}`, reason: 'x', at: new Date(n) });
        }),
      );
      expect(noted.filter(Boolean)).toHaveLength(1);
      const winner = noted.indexOf(true);
      expect((await pair.second.find('ver_1'))?.override).toEqual({
        userId: `usr_${winner}`,
        reason: 'x',
        at: new Date(winner),
      });
      expect(await pair.first.override('ver_none', { userId: 'u', reason: 'x', at: new Date(0) })).toBe(false);
    });

    it('deletes a version, once', async () => {
      await using pair = await openPair();
      await pair.first.add(sampleVersion('ver_1'));
      expect(await pair.second.delete('ver_1')).toBe(true);
      expect(await pair.first.delete('ver_1')).toBe(false);
      expect(await pair.first.find('ver_1')).toBeUndefined();
    });

    it('lets one of many put the first version of a base in force', async () => {
      await using pair = await openPair();
      expect(await pair.first.inForce('nano')).toBeUndefined();
      const won = await Promise.all(
        Array.from({ length: 10 }, (_, n) =>
          (n % 2 === 0 ? pair.first : pair.second).replaceInForce(inForce({ versionId: `ver_${n}` })),
        ),
      );
      expect(won.filter(Boolean)).toHaveLength(1);
      expect(await pair.second.inForce('nano')).toEqual(inForce({ versionId: `ver_${won.indexOf(true)}` }));
    });

    it('replaces what is in force only by what knew of it', async () => {
      await using pair = await openPair();
      expect(await pair.first.replaceInForce(inForce({ revision: 2 }))).toBe(false);
      await pair.first.replaceInForce(inForce());
      const next = inForce({ versionId: 'ver_2', earlier: ['ver_1'], revision: 2, changedBy: 'usr_2' });
      const won = await Promise.all([
        pair.first.replaceInForce(next),
        pair.second.replaceInForce({ ...next, versionId: 'ver_3' }),
        pair.second.replaceInForce({ ...next, revision: 3 }),
      ]);
      expect(won.slice(0, 2).filter(Boolean)).toHaveLength(1);
      expect(await pair.first.replaceInForce(next)).toBe(false);
      const kept = (await pair.second.inForce('nano'))!;
      const back = inForce({ versionId: null, revision: kept.revision + 1 });
      expect(await pair.second.replaceInForce(back)).toBe(true);
      expect(await pair.first.inForce('nano')).toEqual(back);
    });

    it('keeps bases apart', async () => {
      await using pair = await openPair();
      await pair.first.replaceInForce(inForce({ base: 'nano' }));
      await pair.first.replaceInForce(inForce({ base: 'llama3.2:1b', versionId: 'ver_9' }));
      expect((await pair.second.listInForce()).map(({ base, versionId }) => [base, versionId])).toEqual([
        ['llama3.2:1b', 'ver_9'],
        ['nano', 'ver_1'],
      ]);
    });
  },
);
