import { truncate, writeFile } from 'node:fs/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { readLlama } from '../../../src/services/trainer/local/model/read-llama.ts';
import { tinyLlama } from '../../../src/services/trainer/local/model/tiny-llama.ts';
import { type FloatTensor, type GgufEntry, ggufPieces } from '../../../src/services/trainer/local/run/write-gguf.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const folder = await temporaryFolder();
afterAll(() => folder[Symbol.asyncDispose]());
const tiny = tinyLlama();

async function written({ entries = tiny.entries, tensors = tiny.tensors }: Partial<typeof tiny>): Promise<string> {
  const path = folder.file('base.gguf');
  await writeFile(path, ggufPieces(entries, tensors));
  return path;
}

function tensor(name: string, ...lengths: number[]): FloatTensor {
  return { name, lengths, values: new Float32Array(lengths.reduce((product, length) => product * length, 1)) };
}

async function reasonAgainst(change: { entry?: GgufEntry; tensor?: FloatTensor; without?: string }): Promise<string> {
  const entries = tiny.entries.filter(([key]) => key !== change.entry?.[0] && key !== change.without);
  const tensors = tiny.tensors.filter(({ name }) => name !== change.tensor?.name && name !== change.without);
  const path = await written({
    entries: [...entries, ...(change.entry === undefined ? [] : [change.entry])],
    tensors: [...tensors, ...(change.tensor === undefined ? [] : [change.tensor])],
  });
  return readLlama(path).then(
    () => 'it is fine',
    (error: unknown) => (error as Error).message,
  );
}

describe('the base of an adapter', () => {
  it('is read with its sizes', async () => {
    expect(await readLlama(await written({}))).toMatchObject({
      layers: 2,
      width: 32,
      heads: 4,
      keyValueHeads: 2,
      headWidth: 8,
      vocabulary: 64,
      ropeWidth: 8,
      ropeBase: 10_000,
      hasRopeFactors: true,
      outputName: 'output.weight',
    });
  });

  it('may use its embeddings for the output', async () => {
    const tensors = tiny.tensors.filter(({ name }) => name !== 'output.weight');
    expect(await readLlama(await written({ tensors }))).toMatchObject({ outputName: 'token_embd.weight' });
  });

  it.each<[string, { entry?: GgufEntry; tensor?: FloatTensor; without?: string }, RegExp]>([
    ['another architecture', { entry: ['general.architecture', 'qwen3'] }, /qwen3/],
    ['an adapter', { entry: ['general.type', 'adapter'] }, /adapter/],
    ['scaled positions', { entry: ['llama.rope.scaling.type', 'yarn'] }, /rope\.scaling\.type/],
    ['experts', { entry: ['llama.expert_count', { uint32: 8 }] }, /expert_count/],
    ['a setting nobody knows', { entry: ['llama.attention.scale', { float32: 2 }] }, /attention\.scale/],
    ['experts in its tensors', { tensor: tensor('blk.0.ffn_up_exps.weight', 32, 64, 8) }, /ffn_up_exps/],
    ['a bias', { tensor: tensor('blk.0.attn_q.bias', 32) }, /attn_q\.bias/],
    ['a matrix of another shape', { tensor: tensor('blk.1.ffn_up.weight', 32, 65) }, /blk\.1\.ffn_up\.weight/],
    ['a missing matrix', { without: 'blk.1.attn_v.weight' }, /blk\.1\.attn_v\.weight/],
    ['a missing setting', { without: 'llama.block_count' }, /block_count/],
    ['heads that cannot be shared out', { entry: ['llama.attention.head_count_kv', { uint32: 3 }] }, /sizes/],
    ['more layers than tensors', { entry: ['llama.block_count', { uint32: 4_000_000_000 }] }, /sizes/],
  ])('is refused for %s, which is named', async (_, change, reason) => {
    expect(await reasonAgainst(change)).toMatch(reason);
  });

  it('is refused when its file is broken', async () => {
    const path = await written({});
    await truncate(path, 200);
    await expect(readLlama(path)).rejects.toThrow(/broken/);
  });
});
