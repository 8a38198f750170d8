import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { createModelFiles } from '../../../src/services/model-files/create-model-files.ts';
import { answers, openFlakyServer, sends, type Behaviour } from '../../support/flaky-server.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const bytes = Buffer.concat([Buffer.from('GGUF'), Buffer.alloc(5000, 'weights ')]);
const sha256 = createHash('sha256').update(bytes).digest('hex');
const never = new AbortController().signal;
const file = (path: string, oid = sha256) => ({ type: 'file', path, size: 135, lfs: { oid, size: bytes.length } });

/** A machine before a hub that lists these files, and sends the same bytes for each. */
async function openMachine(listing: unknown, send: Behaviour = sends({ bytes })) {
  const folder = await temporaryFolder();
  const hub = await openFlakyServer([
    (request, response) => {
      const isList = request.url === '/api/models/owner/repository/tree/main?recursive=true';
      if (isList) response.end(typeof listing === 'string' ? listing : JSON.stringify(listing));
      else send(request, response);
    },
  ]);
  const files = createModelFiles({
    directory: folder.file('models'),
    bundledDirectory: 'models/nano',
    baseUrl: hub.url,
    retry: { attempts: 1, firstDelayMs: 1 },
  });
  return {
    files,
    requests: () => hub.requests.map(({ path }) => path),
    async [Symbol.asyncDispose]() {
      await hub[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

describe('a model named by its repository and how it is quantised', () => {
  it('is the file that ends so, checked by the hash that the hub gives, and asked for once', async () => {
    await using machine = await openMachine([
      file('README.md'),
      file('mmproj-Q4_K_M.gguf'),
      file('model-Q8_0.gguf'),
      file('gguf/Model.Q4_K_M.gguf'),
    ]);
    const name = 'hf:owner/repository:q4_k_m';
    expect(await machine.files.isInstalled(name)).toBe(false);
    await machine.files.download(name, { signal: never });
    await machine.files.download('hf:owner/repository:Q4_K_M', { signal: never });
    expect(await readFile((await machine.files.findPath(name)) ?? '')).toEqual(bytes);
    expect(machine.requests()).toEqual([
      '/api/models/owner/repository/tree/main?recursive=true',
      '/owner/repository/resolve/main/gguf/Model.Q4_K_M.gguf',
    ]);
  });

  it('is thrown away when it is not what the hub says', async () => {
    await using machine = await openMachine([file('m-Q4_0.gguf', 'ab'.repeat(32))]);
    const download = machine.files.download('hf:owner/repository:Q4_0', { signal: never });
    await expect(download).rejects.toMatchObject({ code: 'download_corrupt' });
    expect(await machine.files.isInstalled('hf:owner/repository:Q4_0')).toBe(false);
  });

  it.each([
    [
      'no such file',
      [file('m-Q8_0.gguf')],
      'No file of owner/repository ends with Q4_0. Name the file, hf:owner/repository/…, of: m-Q8_0.gguf.',
    ],
    [
      'several',
      [file('a-Q4_0.gguf'), file('b-Q4_0.gguf')],
      'More than one file of owner/repository ends with Q4_0. Name the file, hf:owner/repository/…, of: a-Q4_0.gguf, b-Q4_0.gguf.',
    ],
    [
      'parts',
      [file('m-Q4_0-00001-of-00002.gguf')],
      'Q4_0 comes in several files, which are not read. Name the file, hf:owner/repository/…, of: m-Q4_0-00001-of-00002.gguf.',
    ],
    ['no GGUF files', [file('model.safetensors')], 'No file of owner/repository ends with Q4_0. It has no GGUF files.'],
    [
      'names that lead elsewhere',
      [file('../../x-Q4_0.gguf')],
      'No file of owner/repository ends with Q4_0. It has no GGUF files.',
    ],
    ['what is no list', '<html>', 'The hub gives no list of the files of this repository.'],
    ['a list of something else', { error: 'x' }, 'The hub gives no list of the files of this repository.'],
  ])('says what there is when the hub has %s', async (_what, listing, detail) => {
    await using machine = await openMachine(listing);
    const download = machine.files.download('hf:owner/repository:Q4_0', { signal: never });
    await expect(download).rejects.toMatchObject({ code: 'download_failed', detail });
  });

  it('says so when the hub does not answer', async () => {
    await using machine = await openMachine([], answers(503));
    const download = machine.files.download('hf:other/repository:Q4_0', { signal: never });
    await expect(download).rejects.toMatchObject({ code: 'download_failed' });
  });
});
