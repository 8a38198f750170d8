import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { describeContent } from '../../../src/services/model-files/describe-content.ts';
import { type GgufMetadata, readGgufMetadata } from '../../../src/services/model-files/gguf-metadata.ts';
import { shortCount } from '../../../src/services/model-files/gguf-types.ts';
import { ggufBytes, type GgufSketch, text, u32, u64 } from '../../support/gguf-bytes.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

async function read(bytes: Buffer, options?: { verbose: boolean }): Promise<GgufMetadata> {
  await using folder = await temporaryFolder();
  const path = folder.file('model.gguf');
  await writeFile(path, bytes);
  return await readGgufMetadata(path, options);
}

async function described(metadata: NonNullable<GgufSketch['metadata']>) {
  return describeContent(await read(ggufBytes({ metadata: { 'general.architecture': 'llama', ...metadata } })));
}

/** A file with one entry, whose value is these bytes. */
function withValue(...value: Buffer[]): Buffer {
  return Buffer.concat([ggufBytes({ claims: { entries: 1n } }), text('key'), ...value]);
}

describe('the metadata of a GGUF file', () => {
  it('has everything but long arrays, which come when they are asked for', async () => {
    const tokens = ['a', 'b', 'c', 'd', 'e', 'ç'];
    const bytes = ggufBytes({
      metadata: {
        'general.architecture': 'llama',
        'llama.rope.freq_base': 0.5,
        'general.languages': ['pt', 'en'],
        'tokenizer.ggml.tokens': tokens,
        'tokenizer.ggml.token_type': [1, 1, 1, 1, 1, 1],
        'tokenizer.ggml.add_bos_token': true,
      },
      tensors: [
        { name: 'token_embd.weight', shape: [64, 512], type: 8 },
        { name: 'output_norm.weight', shape: [64] },
        { name: 'odd', shape: [2, 2, 2], type: 999 },
      ],
    });
    const { metadata, tensors, parameters } = await read(bytes);
    expect(Object.fromEntries(metadata)).toEqual({
      'general.architecture': 'llama',
      'llama.rope.freq_base': 0.5,
      'general.languages': ['pt', 'en'],
      'tokenizer.ggml.tokens': [],
      'tokenizer.ggml.token_type': [],
      'tokenizer.ggml.add_bos_token': true,
    });
    expect(tensors).toEqual([
      { name: 'token_embd.weight', type: 'Q8_0', shape: [64, 512] },
      { name: 'output_norm.weight', type: 'F32', shape: [64] },
      { name: 'odd', type: 'unknown', shape: [2, 2, 2] },
    ]);
    expect(parameters).toBe(64 * 512 + 64 + 8);
    const verbose = await read(bytes, { verbose: true });
    expect(verbose.metadata.get('tokenizer.ggml.tokens')).toEqual(tokens);
    expect(verbose.metadata.get('tokenizer.ggml.token_type')).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('is read across the pieces in which the file comes', async () => {
    const tokens = Array.from({ length: 50_000 }, (_, index) => `token ${index} ${'x'.repeat(index % 50)}`);
    const bytes = ggufBytes({ metadata: { tokens, after: 'é' }, tensors: [{ name: 'last', shape: [7] }] });
    const { metadata, tensors } = await read(bytes, { verbose: true });
    expect(metadata.get('tokens')).toEqual(tokens);
    expect(metadata.get('after')).toBe('é');
    expect(tensors.at(-1)?.name).toBe('last');
    expect((await read(bytes)).metadata.get('after')).toBe('é');
  });

  it('is refused when the file lies, before it costs anything', async () => {
    const huge = 2n ** 62n;
    const lies: Readonly<Record<string, Buffer>> = {
      empty: Buffer.alloc(0),
      'not GGUF': Buffer.from('<html>Please log in</html>'),
      'cut in the magic': Buffer.from('GGU'),
      'cut after the magic': Buffer.from('GGUF'),
      'old version': ggufBytes({ version: 1 }),
      'other version': ggufBytes({ version: 4 }),
      'entries without end': ggufBytes({ claims: { entries: huge } }),
      'tensors without end': ggufBytes({ claims: { tensors: huge } }),
      'entries that are not there': ggufBytes({ claims: { entries: 5n } }),
      'tensors that are not there': ggufBytes({ claims: { tensors: 5n } }),
      'a key without end': Buffer.concat([ggufBytes({ claims: { entries: 1n } }), u64(huge)]),
      'a text without end': withValue(u32(8), u64(huge)),
      'an array without end': withValue(u32(9), u32(4), u64(huge)),
      'an array of texts without end': withValue(u32(9), u32(8), u64(huge)),
      'an array that is not there': withValue(u32(9), u32(4), u64(1000n)),
      'an array of arrays': withValue(u32(9), u32(9), u64(1n), u32(4), u64(0n)),
      'an unknown type': withValue(u32(77)),
      'too many dimensions': ggufBytes({ tensors: [{ name: 'x', shape: Array.from({ length: 9 }, () => 1) }] }),
      'more weights than can be': ggufBytes({ tensors: [{ name: 'x', shape: [2 ** 40, 2 ** 40] }] }),
    };
    for (const [name, bytes] of Object.entries(lies)) {
      await expect(read(bytes), name).rejects.toThrow(/^(?:it|its|a) /);
    }
  });

  it('is refused wherever the file is cut', async () => {
    const whole = ggufBytes({
      metadata: { a: 'text', b: 7, c: [1, 2], d: ['x', 'y'] },
      tensors: [{ name: 't', shape: [3] }],
    });
    for (let length = 0; length < whole.length; length++) {
      await expect(read(whole.subarray(0, length)), String(length)).rejects.toThrow('it');
    }
    expect((await read(whole)).parameters).toBe(3);
  });

  it('says what the model can do', async () => {
    const template = '{% for message in messages %}{{ message.content }}{% endfor %}';
    expect(await described({})).toMatchObject({ kind: 'language', capabilities: ['completion'], isAdapter: false });
    expect(await described({ 'tokenizer.chat_template': template })).toMatchObject({ capabilities: ['completion'] });
    expect(
      await described({ 'tokenizer.chat_template': `${template}{% if tools %}{{ tools }}{% endif %}<think>` }),
    ).toMatchObject({ capabilities: ['completion', 'tools', 'thinking'] });
    expect(await described({ 'tokenizer.ggml.tokens': ['a', '<|fim_prefix|>'] })).toMatchObject({
      capabilities: ['completion', 'insert'],
    });
    expect(await described({ 'tokenizer.ggml.fim_pre_token_id': 3 })).toMatchObject({
      capabilities: ['completion', 'insert'],
    });
    expect(await described({ 'llama.vision.block_count': 3 })).toMatchObject({
      capabilities: ['completion', 'vision'],
    });
    expect(await described({ 'llama.pooling_type': 1 })).toMatchObject({
      kind: 'embedding',
      capabilities: ['embedding'],
    });
    expect(await described({ 'llama.pooling_type': 4 })).toMatchObject({ kind: 'reranker', capabilities: ['rerank'] });
    expect(await described({ 'general.type': 'adapter' })).toMatchObject({ isAdapter: true, capabilities: [] });
  });

  it('says what the model is', async () => {
    const metadata = {
      'general.name': 'Tiny',
      'general.license': 'MIT',
      'llama.context_length': 4096,
      'llama.embedding_length': 64,
    };
    expect(await described(metadata)).toMatchObject({
      family: 'llama',
      name: 'Tiny',
      licence: 'MIT',
      contextTokens: 4096,
      embeddingDimensions: 64,
      template: null,
    });
    expect(describeContent(await read(ggufBytes()))).toMatchObject({
      family: 'unknown',
      contextTokens: null,
      name: null,
    });
  });

  it('counts weights as people do', () => {
    const counts: Readonly<Record<number, string>> = {
      999: '999',
      12_345: '12K',
      3_600_000: '3.60M',
      7_000_000: '7M',
      1_235_814_432: '1.2B',
      70_000_000_000: '70B',
    };
    for (const [count, short] of Object.entries(counts)) expect(shortCount(Number(count))).toBe(short);
  });
});
