import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openBlobFiles } from '../../../src/services/model-files/blob-files.ts';
import { readGgufMetadata } from '../../../src/services/model-files/gguf-metadata.ts';
import { blobPath } from '../../../src/services/model-files/resolve-name.ts';
import { sha256Of } from '../../../src/services/model-files/sha256-of.ts';
import { weakenAdapter } from '../../../src/services/trainer/weaken-adapter.ts';
import { writeTinyAdapter, writeTinyModel } from '../../support/synthetic-model.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const folder = await temporaryFolder();
afterAll(() => folder[Symbol.asyncDispose]());
const pathOf = (digest: string): string => blobPath(folder.path, digest);
const parts = {
  blobs: await openBlobFiles({ directory: folder.path }),
  findPath: async (name: string) => pathOf(name),
};

async function kept(path: string): Promise<string> {
  const digest = `sha256:${await sha256Of(path)}`;
  await mkdir(dirname(pathOf(digest)), { recursive: true });
  await copyFile(path, pathOf(digest));
  return digest;
}

describe('a weakened adapter', () => {
  it('differs from the other in its alpha alone, and lies beside it', async () => {
    const file = folder.file('adapter.gguf');
    await writeTinyAdapter(file, 1);
    const digest = await kept(file);
    const weakened = await weakenAdapter(parts, { digest, share: 0.5 });
    const alphaOf = async (name: string) =>
      Number((await readGgufMetadata(pathOf(name))).metadata.get('adapter.lora.alpha'));
    expect(await alphaOf(weakened.digest)).toBeCloseTo((await alphaOf(digest)) / 2);
    const [before, after] = [await readFile(pathOf(digest)), await readFile(pathOf(weakened.digest))];
    expect([after.length, weakened.bytes]).toEqual([before.length, before.length]);
    const differing = before.filter((byte, place) => byte !== after[place]);
    expect(differing.length).toBeLessThanOrEqual(4);
    expect(await weakenAdapter(parts, { digest, share: 0.5 })).toEqual(weakened);
  });

  it('is not made of what is no adapter', async () => {
    const file = folder.file('model.gguf');
    await writeTinyModel(file);
    await expect(weakenAdapter(parts, { digest: await kept(file), share: 0.5 })).rejects.toThrow('no alpha');
  });
});
