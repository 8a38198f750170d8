import { createHash, randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import type { BlobStore } from '../../src/ports/blob-store.ts';
import { defineContract, type Deviation } from '../support/define-contract.ts';

export interface BlobStoreHarness {
  deviations?: readonly Deviation[];
  /** An empty store that takes `mostBytes` at most. */
  open(options: { mostBytes: number }): Promise<
    AsyncDisposable & {
      blobs: BlobStore;
      /** The same store after a crash in the middle of a `put`. */
      reopen(): Promise<BlobStore>;
      /** How many files there are, finished or not. */
      files(): Promise<number>;
    }
  >;
}

const mostBytes = 1_000_000;

function digestOf(content: Uint8Array): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

async function* inPieces(content: Buffer, piece = 10_000): AsyncGenerator<Buffer> {
  for (let start = 0; start < content.length; start += piece) yield content.subarray(start, start + piece);
}

async function readWhole(blobs: BlobStore, digest: string): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of blobs.read(digest)) pieces.push(piece);
  return Buffer.concat(pieces);
}

export const blobStoreContract = defineContract<BlobStoreHarness>('blob store', (it, { open }) => {
  it('keeps what comes under its digest', async () => {
    await using store = await open({ mostBytes });
    for (const content of [randomBytes(123_456), Buffer.alloc(0)]) {
      const digest = digestOf(content);
      expect(await store.blobs.has(digest)).toBe(false);
      await store.blobs.put(digest, inPieces(content), { bytes: content.length });
      expect(await store.blobs.has(digest)).toBe(true);
      expect(await store.blobs.has(digest.toUpperCase().replace('SHA256:', 'sha256-'))).toBe(true);
      expect(content.equals(await readWhole(store.blobs, digest))).toBe(true);
      expect(await (await store.reopen()).has(digest)).toBe(true);
    }
    expect(await store.files()).toBe(2);
  });

  it('takes the same file again, and twice at once', async () => {
    await using store = await open({ mostBytes });
    const content = randomBytes(200_000);
    const digest = digestOf(content);
    const put = (): Promise<void> => store.blobs.put(digest, inPieces(content), { bytes: null });
    await Promise.all([put(), put(), put()]);
    await put();
    expect(content.equals(await readWhole(store.blobs, digest))).toBe(true);
    expect(await store.files()).toBe(1);
  });

  it('says so when what is to be read is not there', async () => {
    await using store = await open({ mostBytes });
    const absent = readWhole(store.blobs, `sha256:${'0'.repeat(64)}`);
    await expect(absent).rejects.toMatchObject({ code: 'not_found' });
  });

  it('lists what is whole, and since when', async () => {
    await using store = await open({ mostBytes });
    expect(await store.blobs.list()).toEqual([]);
    const content = randomBytes(50_000);
    const digest = digestOf(content);
    const since = Date.now();
    const listedMeanwhile: unknown[] = [];
    const looking = async function* (): AsyncGenerator<Buffer> {
      yield content.subarray(0, 20_000);
      listedMeanwhile.push(...(await store.blobs.list()));
      yield content.subarray(20_000);
    };
    await store.blobs.put(digest, looking(), { bytes: content.length });
    expect(listedMeanwhile).toEqual([]);
    const [blob, ...others] = await store.blobs.list();
    expect([blob?.digest, others]).toEqual([digest, []]);
    // Clocks of file systems are coarser than ours.
    expect(Math.abs((blob?.storedAt.getTime() ?? 0) - since)).toBeLessThan(60_000);
  });

  it('keeps nothing of what has another hash', async () => {
    await using store = await open({ mostBytes });
    const content = randomBytes(50_000);
    const digest = `sha256:${'0'.repeat(64)}`;
    await expect(store.blobs.put(digest, inPieces(content), { bytes: content.length })).rejects.toMatchObject({
      code: 'invalid_request',
      detail: `digest mismatch, expected "${digest}", got "${digestOf(content)}"`,
    });
    expect(await store.blobs.has(digest)).toBe(false);
    expect(await store.files()).toBe(0);
  });

  it('keeps nothing of what breaks off', async () => {
    await using store = await open({ mostBytes });
    const content = randomBytes(50_000);
    const broken = async function* (): AsyncGenerator<Buffer> {
      yield content.subarray(0, 20_000);
      throw new Error('the line was cut');
    };
    await expect(store.blobs.put(digestOf(content), broken(), { bytes: content.length })).rejects.toThrow('cut');
    expect(await store.blobs.has(digestOf(content))).toBe(false);
    expect(await store.files()).toBe(0);
  });

  it('takes no more than it may, whatever was said before', async () => {
    await using store = await open({ mostBytes });
    const content = randomBytes(mostBytes + 1);
    for (const bytes of [content.length, null, 5]) {
      await expect(store.blobs.put(digestOf(content), inPieces(content), { bytes })).rejects.toMatchObject({
        code: 'body_too_large',
      });
    }
    await using large = await open({ mostBytes: 2 ** 52 });
    await expect(large.blobs.put(digestOf(content), inPieces(content), { bytes: 2 ** 51 })).rejects.toMatchObject({
      code: 'disk_full',
    });
    expect((await store.files()) + (await large.files())).toBe(0);
  });

  it('knows digests from other texts', async () => {
    await using store = await open({ mostBytes });
    const wrong = ['', 'sha256:', `md5:${'0'.repeat(64)}`, `sha256:${'0'.repeat(63)}`, `sha256:${'g'.repeat(64)}`];
    for (const digest of [...wrong, `../sha256:${'0'.repeat(64)}`, `sha256:${'0'.repeat(64)}\n`]) {
      const refused = { code: 'invalid_request', detail: 'invalid digest format' };
      await expect(store.blobs.has(digest), digest).rejects.toMatchObject(refused);
      await expect(store.blobs.put(digest, inPieces(Buffer.alloc(1)), { bytes: 1 })).rejects.toMatchObject(refused);
      await expect(readWhole(store.blobs, digest)).rejects.toMatchObject(refused);
    }
  });
});
