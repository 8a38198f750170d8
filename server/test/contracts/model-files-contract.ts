import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import type { ModelFiles } from '../../src/ports/model-files.ts';
import { defineContract, type Deviation } from '../support/define-contract.ts';

interface Machine extends AsyncDisposable {
  files: ModelFiles;
  /** What is in the file of a model that is installed. */
  read(name: string): Promise<Buffer>;
  /** Requests to the network so far. */
  requests(): number;
}

export interface ModelFilesHarness {
  /** An empty machine with the bundled model; `gone` ends what it made. */
  open(options?: { offline?: boolean }): Promise<Machine>;
  /** The file of the bundled model. */
  bundledPath: string;
  /** A reference to a file that the network has, slowly, and what is in it. */
  downloadable: { name: string; bytes: Buffer };
  /** A reference to a file that the network does not have. */
  missing: string;
  deviations?: readonly Deviation[];
}

const never = new AbortController().signal;
const names = [
  'nano',
  'llama3.2:1b',
  'llama3.2:3b',
  'llama3.1:8b',
  'qwen2.5:7b',
  'qwen2.5:14b',
  'embeddinggemma:300m',
  'multilingual-e5-small',
  'bge-m3',
  'bge-reranker-v2-m3',
  'all-minilm',
];

export const modelFilesContract = defineContract<ModelFilesHarness>('model files', (it, harness) => {
  const { open, downloadable, missing, bundledPath } = harness;

  it('knows the catalogue, in both languages, and has only the bundled model', async () => {
    await using machine = await open();
    const list = await machine.files.list();
    expect(list.map(({ profile }) => profile.name)).toEqual(expect.arrayContaining(names));
    expect(list.filter(({ installed }) => installed).map(({ profile }) => profile.name)).toEqual(['nano']);
    for (const { profile } of list) {
      expect(profile.licence).not.toBe('');
      expect(profile.description.pt).not.toBe('');
      expect(profile.description.en).not.toBe('');
      expect(profile.sha256 ?? '0'.repeat(64)).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  it('takes names as people and clients write them', async () => {
    await using machine = await open();
    expect((await machine.files.profile('nano:latest')).name).toBe('nano');
    expect((await machine.files.profile('Llama3.2:1B')).name).toBe('llama3.2:1b');
  });

  it('knows the prefixes that embedding models were trained with', async () => {
    await using machine = await open();
    expect(await machine.files.profile('multilingual-e5-small')).toMatchObject({
      kind: 'embedding',
      queryPrefix: 'query: ',
      passagePrefix: 'passage: ',
    });
    expect(await machine.files.profile('embeddinggemma:300m')).toMatchObject({
      queryPrefix: 'task: search result | query: ',
      passagePrefix: 'title: none | text: ',
    });
  });

  it('rejects names that stand for nothing', async () => {
    await using machine = await open();
    const wrong = [
      '',
      'gpt-4',
      'hf:',
      'hf:owner/file.gguf',
      'hf:owner/repository/../../x.gguf',
      'hf:a/b/c.bin',
      '../etc/passwd',
    ];
    for (const name of wrong) {
      await expect(machine.files.profile(name), name).rejects.toMatchObject({ code: 'model_unknown' });
      await expect(machine.files.isInstalled(name), name).rejects.toMatchObject({ code: 'model_unknown' });
    }
  });

  it('has the bundled model without a download', async () => {
    await using machine = await open();
    expect(await machine.files.isInstalled('nano')).toBe(true);
    await machine.files.download('nano', { signal: never });
    expect(machine.requests()).toBe(0);
    expect(await machine.files.isInstalled('llama3.2:1b')).toBe(false);
  });

  it('describes a GGUF file of one’s own by what it says of itself', async () => {
    await using machine = await open();
    const path = bundledPath;
    expect(await machine.files.profile(path)).toMatchObject({ name: path, kind: 'language', contextTokens: 2048 });
    expect(await machine.files.isInstalled(path)).toBe(true);
    expect(await machine.files.isInstalled('/no/such/model.gguf')).toBe(false);
    await expect(machine.files.download('/no/such/model.gguf', { signal: never })).rejects.toMatchObject({
      code: 'model_unavailable',
    });
  });

  it('downloads once when several ask, shows how far it is, and keeps the file', async () => {
    await using machine = await open();
    const downloads = [1, 2, 3].map(() => machine.files.download(downloadable.name, { signal: never }));
    await expect.poll(() => machine.files.downloads()).toMatchObject([{ model: downloadable.name, state: 'running' }]);
    await Promise.all(downloads);
    expect(await machine.read(downloadable.name)).toEqual(downloadable.bytes);
    expect(machine.requests()).toBe(1);
    expect(machine.files.downloads()).toEqual([]);
    expect(await machine.files.isInstalled(downloadable.name)).toBe(true);
    await machine.files.download(downloadable.name, { signal: never });
    expect(machine.requests()).toBe(1);
  });

  it('goes on for the others when one who asked leaves', async () => {
    await using machine = await open();
    const leaving = new AbortController();
    const left = machine.files.download(downloadable.name, { signal: leaving.signal });
    const staying = machine.files.download(downloadable.name, { signal: never });
    leaving.abort(new Error('left'));
    await expect(left).rejects.toThrow('left');
    await staying;
    expect(await machine.read(downloadable.name)).toEqual(downloadable.bytes);
  });

  it('stops when the last one who asked leaves', async () => {
    await using machine = await open();
    const leaving = new AbortController();
    const left = machine.files.download(downloadable.name, { signal: leaving.signal });
    await expect.poll(() => machine.files.downloads()).toHaveLength(1);
    leaving.abort(new Error('left'));
    await expect(left).rejects.toThrow('left');
    expect(machine.files.downloads()).toEqual([]);
    expect(await machine.files.isInstalled(downloadable.name)).toBe(false);
  });

  it('shows why a download failed', async () => {
    await using machine = await open();
    await expect(machine.files.download(missing, { signal: never })).rejects.toMatchObject({ code: 'download_failed' });
    expect(machine.files.downloads()).toMatchObject([{ model: missing, state: 'failed', error: expect.any(String) }]);
  });

  it('asks nothing of the network when it is offline', async () => {
    await using machine = await open({ offline: true });
    await expect(machine.files.download(downloadable.name, { signal: never })).rejects.toMatchObject({
      code: 'download_failed',
    });
    expect(machine.requests()).toBe(0);
  });

  it('describes an installed model by its file', async () => {
    await using machine = await open();
    const file = await machine.read('nano');
    const described = await machine.files.describe('nano:latest');
    expect(described).toMatchObject({
      profile: { name: 'nano', licence: 'MIT' },
      digest: createHash('sha256').update(file).digest('hex'),
      bytes: file.length,
      format: 'gguf',
      family: 'llama',
      parameterSize: '3.61M',
      quantization: 'F16',
      contextTokens: 2048,
      embeddingDimensions: 192,
      capabilities: ['completion'],
      isAdapter: false,
      template: expect.stringContaining('<|start_header_id|>'),
      metadata: { 'general.architecture': 'llama', 'llama.block_count': 6, 'tokenizer.ggml.tokens': [] },
    });
    expect(described.tensors).toContainEqual({ name: 'token_embd.weight', type: 'F16', shape: [192, 6097] });
    const verbose = await machine.files.describe('nano', { verbose: true });
    expect(verbose.metadata['tokenizer.ggml.tokens']).toHaveLength(6097);
  });

  it('describes nothing that is not there', async () => {
    await using machine = await open();
    await expect(machine.files.describe('llama3.2:1b')).rejects.toMatchObject({ code: 'model_unavailable' });
    await expect(machine.files.describe('gpt-4')).rejects.toMatchObject({ code: 'model_unknown' });
    await machine.files.download(downloadable.name, { signal: never });
    await expect(machine.files.describe(downloadable.name)).rejects.toMatchObject({ code: 'model_unavailable' });
  });

  it('removes what was downloaded, and nothing else', async () => {
    await using machine = await open();
    await machine.files.download(downloadable.name, { signal: never });
    await machine.files.remove(downloadable.name);
    expect(await machine.files.isInstalled(downloadable.name)).toBe(false);
    await expect(machine.files.remove(downloadable.name)).rejects.toMatchObject({ code: 'model_unavailable' });
    await expect(machine.files.remove('gpt-4')).rejects.toMatchObject({ code: 'model_unknown' });
    for (const name of ['nano', bundledPath]) {
      await expect(machine.files.remove(name), name).rejects.toMatchObject({ code: 'forbidden' });
      expect(await machine.files.isInstalled(name)).toBe(true);
    }
  });
});
