import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { download, type DownloadOptions } from '../../../src/services/model-files/download.ts';
import { createDispatcher } from '../../../src/services/model-files/http-source.ts';
import { answers, type Behaviour, cutsAfter, openFlakyServer, sends, stallsAfter } from '../../support/flaky-server.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const bytes = Buffer.concat([Buffer.from('GGUF'), Buffer.alloc(300_000, 'a language model ')]);
const sha256 = createHash('sha256').update(bytes).digest('hex');
/** Far enough that a part has been written when the connection ends. */
const cut = 250_000;
const file = { bytes, entityTag: '"v1"' };
const dispatcher = createDispatcher({ httpProxy: null, httpsProxy: null, noProxy: null });
const retry = { attempts: 3, firstDelayMs: 1, longestDelayMs: 5, stallMs: 1000 };

async function setUp(behaviours: readonly Behaviour[]) {
  const server = await openFlakyServer(behaviours);
  const folder = await temporaryFolder();
  const path = folder.file('models/model.gguf');
  const seen: number[] = [];
  return {
    server,
    path,
    seen,
    // Not `toEqual`, which compares hundreds of thousands of numbers one by one.
    isWhole: async () => bytes.equals(await readFile(path)),
    part: () =>
      stat(`${path}.part`).then(
        ({ size }) => size,
        () => undefined,
      ),
    bring: (change: Partial<DownloadOptions> = {}) =>
      download({
        url: `${server.url}/owner/repository/resolve/main/model.gguf`,
        path,
        sha256,
        bytes: bytes.length,
        dispatcher,
        signal: new AbortController().signal,
        progress: (done) => void seen.push(done),
        retry,
        ...change,
      }),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

describe('download', () => {
  it('brings the file whole, telling how far it is', async () => {
    await using test = await setUp([sends(file)]);
    await test.bring();
    expect(await test.isWhole()).toBe(true);
    expect(await test.part()).toBeUndefined();
    expect(test.seen.at(-1)).toBe(bytes.length);
  });

  it('continues where the connection was cut', async () => {
    await using test = await setUp([cutsAfter(cut, file), sends(file)]);
    await test.bring();
    expect(await test.isWhole()).toBe(true);
    expect(test.server.requests[1]).toMatchObject({
      range: expect.stringMatching(/^bytes=[1-9]\d*-$/),
      ifRange: '"v1"',
    });
  });

  it('continues what an earlier run left', async () => {
    await using test = await setUp([cutsAfter(cut, file), answers(503), answers(503), answers(503), sends(file)]);
    await expect(test.bring()).rejects.toMatchObject({ code: 'download_failed' });
    const left = await test.part();
    expect(left).toBeGreaterThan(0);
    await test.bring();
    expect(await test.isWhole()).toBe(true);
    expect(test.server.requests.at(-1)).toMatchObject({ range: `bytes=${left}-` });
  });

  it('begins anew when the file changed between two tries', async () => {
    const old = { bytes: Buffer.from(bytes).fill('x', 10), entityTag: '"v0"' };
    await using test = await setUp([cutsAfter(cut, old), sends(file)]);
    await test.bring();
    expect(await test.isWhole()).toBe(true);
  });

  it('begins anew when nothing tells whether the file changed', async () => {
    const untagged = { bytes };
    await using test = await setUp([cutsAfter(cut, untagged), sends(untagged)]);
    await test.bring({ sha256: null, bytes: null });
    expect(test.server.requests[1]).toMatchObject({ range: undefined });
    expect(await test.isWhole()).toBe(true);
  });

  it('begins anew when the server ignores ranges, or refuses them', async () => {
    const whole: Behaviour = (_request, response) => void response.writeHead(200).end(bytes);
    await using ignoring = await setUp([cutsAfter(cut, file), whole]);
    await ignoring.bring();
    expect(await ignoring.isWhole()).toBe(true);
    await using refusing = await setUp([cutsAfter(cut, file), answers(416), sends(file)]);
    await refusing.bring();
    expect(await refusing.isWhole()).toBe(true);
    const elsewhere = answers(206, { 'content-range': `bytes 7-9/${bytes.length}` }, 'abc');
    await using wrong = await setUp([cutsAfter(cut, file), elsewhere, sends(file)]);
    await wrong.bring();
    expect(await wrong.isWhole()).toBe(true);
  });

  it('does not take a wrong byte, and keeps nothing of it', async () => {
    const wrong = Buffer.from(bytes);
    wrong[200_000] = 0;
    await using test = await setUp([sends({ bytes: wrong, entityTag: '"v1"' }), sends(file)]);
    await expect(test.bring()).rejects.toMatchObject({ code: 'download_corrupt' });
    expect(await test.part()).toBeUndefined();
    await expect(stat(test.path)).rejects.toMatchObject({ code: 'ENOENT' });
    await test.bring();
    expect(await test.isWhole()).toBe(true);
  });

  it('does not take a file of another size than the catalogue says', async () => {
    await using test = await setUp([sends({ bytes: bytes.subarray(0, 5000) })]);
    await expect(test.bring()).rejects.toMatchObject({ code: 'download_corrupt' });
    await using unsaid = await setUp([
      (_request, response) => void response.writeHead(200).end(bytes.subarray(0, 5000)),
    ]);
    await expect(unsaid.bring({ sha256: null })).rejects.toMatchObject({ code: 'download_failed' });
  });

  it('gives up a server that promises more than it sends', async () => {
    const lies: Behaviour = (_request, response) => {
      response.writeHead(200, { 'content-length': bytes.length + 1000 });
      response.write(bytes, () => setImmediate(() => response.destroy()));
    };
    await using test = await setUp([lies]);
    await expect(test.bring({ bytes: null, sha256: null })).rejects.toMatchObject({ code: 'download_failed' });
    await expect(stat(test.path)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('does not take a web page for a model', async () => {
    await using test = await setUp([answers(200, { 'content-type': 'text/html' }, '<html>Please log in</html>')]);
    await expect(test.bring({ bytes: null, sha256: null })).rejects.toMatchObject({ code: 'download_corrupt' });
    await expect(stat(test.path)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('tries again after a failure of the server or a stall', async () => {
    await using test = await setUp([
      answers(500),
      answers(429, { 'retry-after': '0' }),
      stallsAfter(1000, file),
      sends(file),
    ]);
    await test.bring({ retry: { ...retry, stallMs: 200 } });
    expect(await test.isWhole()).toBe(true);
    expect(test.server.requests).toHaveLength(4);
  });

  it('does not insist where there is nothing', async () => {
    await using test = await setUp([answers(404)]);
    await expect(test.bring()).rejects.toMatchObject({ code: 'download_failed' });
    expect(test.server.requests).toHaveLength(1);
    await expect(test.bring({ url: 'http://127.0.0.1:1/model.gguf' })).rejects.toMatchObject({
      code: 'download_failed',
    });
  });

  it('follows redirects, but not to other protocols and not in circles', async () => {
    await using test = await setUp([answers(302, { location: '/elsewhere' }), sends(file)]);
    await test.bring();
    expect(test.server.requests.map(({ path }) => path)).toEqual([
      '/owner/repository/resolve/main/model.gguf',
      '/elsewhere',
    ]);
    for (const location of ['file:///etc/passwd', 'ftp://example.org/x', 'javascript:0', '/again']) {
      await using other = await setUp([answers(302, { location })]);
      await expect(other.bring()).rejects.toMatchObject({ code: 'download_failed' });
      await expect(stat(other.path)).rejects.toMatchObject({ code: 'ENOENT' });
    }
  });

  it('keeps the part when it is cancelled', async () => {
    await using test = await setUp([stallsAfter(100_000, file), sends(file)]);
    const abort = new AbortController();
    const reason = new Error('not now');
    const brought = test.bring({
      signal: abort.signal,
      progress: (done) => {
        if (done === 100_000) abort.abort(reason);
      },
    });
    await expect(brought).rejects.toBe(reason);
    expect(await test.part()).toBe(100_000);
    await test.bring();
    expect(await test.isWhole()).toBe(true);
  });

  it('does not begin what the disk cannot hold', async () => {
    const huge: Behaviour = (_request, response) =>
      void response.writeHead(200, { 'content-length': 2 ** 49 }).write(bytes);
    await using test = await setUp([huge]);
    await expect(test.bring({ bytes: null, sha256: null })).rejects.toMatchObject({ code: 'disk_full' });
  });

  it('goes through the proxy of the settings, except to the hosts that are reached directly', async () => {
    await using proxy = await openFlakyServer([sends(file)]);
    const settings = { httpProxy: proxy.url, httpsProxy: null, noProxy: '127.0.0.1' };
    await using test = await setUp([sends(file)]);
    await test.bring({ dispatcher: createDispatcher(settings) });
    expect(proxy.hosts).toEqual([]);
    await using other = await setUp([answers(404)]);
    await other.bring({ url: 'http://models.example/model.gguf', dispatcher: createDispatcher(settings) });
    expect(proxy.hosts).toEqual(['models.example:80']);
    expect(await other.isWhole()).toBe(true);
  });
});
