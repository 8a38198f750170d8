import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import type { DatasetStore, NewDataset } from '../../src/ports/dataset-store.ts';
import { defineContract, type Deviation } from '../support/define-contract.ts';

export interface DatasetStoreHarness {
  deviations?: readonly Deviation[];
  /** Two clients of one new and empty backend. */
  openPair(): Promise<AsyncDisposable & { first: DatasetStore; second: DatasetStore }>;
}

const now = new Date(1_000_000);
const newDataset = (id: string, { at = 1000, ownerId = 'usr_1', end = 2_000_000 } = {}): NewDataset => ({
  id,
  ownerId,
  name: 'vendas',
  format: 'csv',
  csv: { delimiter: ';', decimal: ',' },
  createdAt: new Date(at),
  expiresAt: new Date(end),
});
const content = async function* (...pieces: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield Buffer.from(piece as Uint8Array);
};
async function bytesOf(store: DatasetStore, id: string): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of store.read(id)) pieces.push(piece);
  return Buffer.concat(pieces);
}

export const datasetStoreContract = defineContract<DatasetStoreHarness>('data set store', (it, { openPair }) => {
  it('counts and hashes what comes, and gives it to every client', async () => {
    await using pair = await openPair();
    const added = await pair.first.add(newDataset('dat_1'), content('a;b\n', '1;2\n'));
    const digest = `sha256:${createHash('sha256').update('a;b\n1;2\n').digest('hex')}`;
    expect(added).toEqual({ ...newDataset('dat_1'), bytes: 8, digest });
    expect(await pair.second.find('dat_1', now)).toEqual(added);
    expect((await bytesOf(pair.second, 'dat_1')).toString()).toBe('a;b\n1;2\n');
  });

  it('keeps more than fits into one record, in pieces of any size', async () => {
    await using pair = await openPair();
    const pieces = [3_000_001, 9_000_000, 1, 8_388_608].map((size, index) => Buffer.alloc(size, index + 1));
    await pair.first.add(newDataset('dat_1'), content(...pieces));
    expect((await bytesOf(pair.second, 'dat_1')).equals(Buffer.concat(pieces))).toBe(true);
  });

  it('keeps an empty one', async () => {
    await using pair = await openPair();
    expect(await pair.first.add(newDataset('dat_1'), content())).toMatchObject({ bytes: 0 });
    expect((await bytesOf(pair.second, 'dat_1')).length).toBe(0);
  });

  it('leaves nothing of what does not come whole, and passes on why', async () => {
    await using pair = await openPair();
    const broken = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.alloc(9_000_000);
      throw new Error('hung up');
    };
    await expect(pair.first.add(newDataset('dat_1'), broken())).rejects.toThrow('hung up');
    expect(await pair.second.find('dat_1', now)).toBeUndefined();
    await expect(bytesOf(pair.second, 'dat_1')).rejects.toMatchObject({ code: 'not_found' });
    await pair.second.add(newDataset('dat_1'), content('again'));
    expect((await bytesOf(pair.first, 'dat_1')).toString()).toBe('again');
  });

  it('lists those of an owner, newest first, page by page', async () => {
    await using pair = await openPair();
    await pair.first.add(newDataset('dat_1', { at: 1 }), content('1'));
    await pair.first.add(newDataset('dat_2', { at: 2 }), content('2'));
    await pair.first.add(newDataset('dat_3', { at: 2 }), content('3'));
    await pair.first.add(newDataset('dat_4', { ownerId: 'usr_2' }), content('4'));
    const first = await pair.second.list('usr_1', { limit: 2, after: null, now });
    const second = await pair.second.list('usr_1', { limit: 2, after: first.next, now });
    expect([first.items, second.items].map((items) => items.map(({ id }) => id))).toEqual([
      ['dat_3', 'dat_2'],
      ['dat_1'],
    ]);
    expect(second.next).toBeNull();
    await expect(pair.first.list('usr_1', { limit: 2, after: 'zzz', now })).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });

  it('does not show what has expired, and removes it when asked to', async () => {
    await using pair = await openPair();
    await pair.first.add(newDataset('dat_1', { end: 1_000_000 }), content('old'));
    await pair.first.add(newDataset('dat_2'), content('new'));
    expect(await pair.second.find('dat_1', now)).toBeUndefined();
    expect((await pair.second.list('usr_1', { limit: 9, after: null, now })).items).toHaveLength(1);
    await pair.second.removeExpired(now);
    await expect(bytesOf(pair.first, 'dat_1')).rejects.toMatchObject({ code: 'not_found' });
    expect((await bytesOf(pair.first, 'dat_2')).toString()).toBe('new');
  });

  it('removes one, once and again', async () => {
    await using pair = await openPair();
    await pair.first.add(newDataset('dat_1'), content('x'));
    await pair.second.remove('dat_1');
    await pair.first.remove('dat_1');
    expect(await pair.first.find('dat_1', now)).toBeUndefined();
    await expect(bytesOf(pair.second, 'dat_1')).rejects.toMatchObject({ code: 'not_found' });
  });
});
