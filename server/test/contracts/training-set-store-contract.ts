import { expect } from 'vitest';
import type { TrainingExample } from '../../src/models/training-example.ts';
import type { TrainingSetStore } from '../../src/ports/training-set-store.ts';
import { defineContract, type Deviation } from '../support/define-contract.ts';

export interface TrainingSetStoreHarness {
  deviations?: readonly Deviation[];
  /** Two clients of one new and empty backend. */
  openPair(): Promise<AsyncDisposable & { first: TrainingSetStore; second: TrainingSetStore }>;
}

const example = (text: string): TrainingExample => ({
  prompt: [
    { role: 'system', text: 'Responda.' },
    { role: 'user', text },
  ],
  answer: `É ${text}\u2028`,
});
const newSet = (id: string, examples: readonly TrainingExample[], at = 1000) => ({
  id,
  ownerId: 'usr_1',
  examples,
  createdAt: new Date(at),
});

export const trainingSetStoreContract = defineContract<TrainingSetStoreHarness>(
  'training set store',
  (it, { openPair }) => {
    it('gives the examples back exactly, in their order, to every client', async () => {
      await using pair = await openPair();
      const examples = ['$set', 'a.b', '\u0085 "x"\n', 'é'].map(example);
      const set = await pair.first.add(newSet('set_b', examples));
      expect(set).toEqual({ id: 'set_b', ownerId: 'usr_1', examples: 4, parts: 1, createdAt: new Date(1000) });
      await pair.second.add(newSet('set_a', []));
      expect(await pair.second.examples('set_b')).toEqual(examples);
      expect(await pair.first.examples('set_a')).toEqual([]);
      expect((await pair.second.list()).map(({ id }) => id)).toEqual(['set_a', 'set_b']);
    });

    it('keeps more than fits into one record', async () => {
      await using pair = await openPair();
      const examples = Array.from({ length: 40 }, (_, index) => example(`${index} ${'x'.repeat(100_000)}`));
      const { parts } = await pair.first.add(newSet('set_1', examples));
      expect(parts).toBeGreaterThan(2);
      expect(await pair.second.examples('set_1')).toEqual(examples);
    });

    it('says so when a set is not there', async () => {
      await using pair = await openPair();
      await expect(pair.first.examples('set_none')).rejects.toMatchObject({ code: 'not_found' });
    });

    it('takes an id once', async () => {
      await using pair = await openPair();
      await pair.first.add(newSet('set_1', [example('one')]));
      const again = pair.second.add(newSet('set_1', [example('two')]));
      await expect(again).rejects.toMatchObject({ code: 'already_exists' });
      expect(await pair.second.examples('set_1')).toEqual([example('one')]);
    });

    it('removes a set, once and again', async () => {
      await using pair = await openPair();
      await pair.first.add(newSet('set_1', [example('one')]));
      await pair.first.add(newSet('set_2', [example('two')]));
      await pair.second.remove('set_1');
      await pair.first.remove('set_1');
      await expect(pair.first.examples('set_1')).rejects.toMatchObject({ code: 'not_found' });
      expect((await pair.second.list()).map(({ id }) => id)).toEqual(['set_2']);
    });

    it('leaves whole sets alone when it removes what was never finished', async () => {
      await using pair = await openPair();
      await pair.first.add(newSet('set_1', [example('one')]));
      await pair.second.removeUnfinished(new Date(9_000_000));
      expect(await pair.first.examples('set_1')).toEqual([example('one')]);
    });
  },
);
