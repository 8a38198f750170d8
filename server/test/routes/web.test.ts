import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../src/app.ts';
import type { App } from '../../src/routes/http/route.ts';
import { webRoutes } from '../../src/routes/web.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const html = '<!doctype html><title>Billumy</title>';
const script = 'console.log("página");\n'.repeat(200);

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let app: App;
beforeAll(async () => {
  folder = await temporaryFolder();
  await mkdir(folder.file('dist/assets'), { recursive: true });
  await writeFile(folder.file('dist/index.html'), html);
  await writeFile(join(folder.file('dist/assets'), 'main-1a2b.js'), script);
  await writeFile(folder.file('secret.txt'), 'secret');
  app = await open(folder.file('dist'));
});
afterAll(async () => {
  await app.close();
  await folder[Symbol.asyncDispose]();
});

function open(dist: string): Promise<App> {
  const authenticate = async (): Promise<never> => {
    throw new Error('nobody is asked who they are');
  };
  return buildApp({ authenticate, routes: [webRoutes(dist)], logLevel: 'silent' });
}

const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

describe('GET /', () => {
  it('is the page for a browser, asked for each time', async () => {
    const reply = await app.inject({ url: '/', headers: browser });
    expect([reply.statusCode, reply.body]).toEqual([200, html]);
    expect(reply.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      vary: 'accept, accept-encoding',
      'x-content-type-options': 'nosniff',
    });
  });

  it('allows the page scripts, styles and calls of its own origin, and nothing else', async () => {
    const reply = await app.inject({ url: '/', headers: browser });
    const policy = String(reply.headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });

  it.each([undefined, '*/*', 'application/json'])(
    'tells clients of Ollama with Accept %s that it runs',
    async (accept) => {
      const headers = accept === undefined ? {} : { accept };
      const reply = await app.inject({ url: '/', headers });
      expect([reply.statusCode, reply.body]).toEqual([200, 'Ollama is running']);
      expect(reply.headers['content-type']).toBe('text/plain; charset=utf-8');
      const head = await app.inject({ method: 'HEAD', url: '/', headers });
      expect([head.statusCode, head.body]).toEqual([200, '']);
    },
  );

  it('tells that it runs where no page was built', async () => {
    const bare = await open(folder.file('nowhere'));
    expect((await bare.inject({ url: '/', headers: browser })).body).toBe('Ollama is running');
    await bare.close();
  });
});

describe('GET /assets', () => {
  it('may be kept for ever: a name belongs to one content', async () => {
    const reply = await app.inject('/assets/main-1a2b.js');
    expect([reply.statusCode, reply.body]).toEqual([200, script]);
    expect(reply.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    });
  });

  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const)('comes compressed as %s to who takes that', async (encoding, decompress) => {
    const url = '/assets/main-1a2b.js';
    for (const time of ['first', 'kept']) {
      const reply = await app.inject({ url, headers: { 'accept-encoding': `zstd, ${encoding}` } });
      expect(reply.headers['content-encoding'], time).toBe(encoding);
      expect(decompress(reply.rawPayload).toString()).toBe(script);
    }
  });

  it.each(['/assets/../../secret.txt', '/assets/..%2f..%2fsecret.txt', '/secret.txt', '/assets/', '/assets/other.js'])(
    'has nothing at %s',
    async (url) => {
      expect((await app.inject(url)).statusCode).toBe(404);
    },
  );
});
