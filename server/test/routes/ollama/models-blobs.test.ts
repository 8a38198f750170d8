import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { blobPath } from '../../../src/services/model-files/resolve-name.ts';
import { openModelApp } from '../../support/model-app.ts';

type App = Awaited<ReturnType<typeof openModelApp>>;

const content = randomBytes(3_000_000);
const digest = `sha256:${createHash('sha256').update(content).digest('hex')}`;
const absent = `sha256:${'0'.repeat(64)}`;

/** A busy machine is no failure. */
const patient = { timeout: 30_000 };

function filesOf({ machine }: App): Promise<string[]> {
  return readdir(join(machine.directory, 'blobs')).catch(() => []);
}

describe('/api/blobs/:digest', () => {
  it('takes a file once, under its hash', async () => {
    await using app = await openModelApp();
    const url = `/api/blobs/${digest}`;
    expect((await app.call('HEAD', url)).statusCode).toBe(404);
    const created = await app.post(url, content);
    expect([created.statusCode, created.body]).toEqual([201, '']);
    expect((await app.call('HEAD', url)).statusCode).toBe(200);
    expect((await app.call('HEAD', url.replace('sha256:', 'sha256-'))).statusCode).toBe(200);
    expect((await app.post(url, content)).statusCode).toBe(200);
    const kept = await readFile(blobPath(app.machine.directory, digest));
    expect(kept.equals(content)).toBe(true);
  });

  it('takes the same file twice at once, and an empty one', async () => {
    await using app = await openModelApp();
    const replies = await Promise.all([1, 2, 3].map(() => app.post(`/api/blobs/${digest}`, content)));
    expect(replies.map(({ statusCode }) => statusCode).every((status) => status === 201 || status === 200)).toBe(true);
    expect(await filesOf(app)).toHaveLength(1);
    const empty = `sha256:${createHash('sha256').digest('hex')}`;
    expect((await app.call('POST', `/api/blobs/${empty}`)).statusCode).toBe(201);
  });

  it('keeps nothing of a file with another hash', async () => {
    await using app = await openModelApp();
    const reply = await app.post(`/api/blobs/${absent}`, content);
    const error = `digest mismatch, expected "${absent}", got "${digest}"`;
    expect([reply.statusCode, reply.json()]).toEqual([400, { error }]);
    expect((await app.call('HEAD', `/api/blobs/${absent}`)).statusCode).toBe(404);
    expect(await filesOf(app)).toEqual([]);
  });

  it('knows digests from other texts', async () => {
    await using app = await openModelApp();
    for (const wrong of ['x', 'sha256:', `sha256:${'g'.repeat(64)}`, `md5:${'0'.repeat(64)}`, '..%2f..%2fpasswd']) {
      const reply = await app.post(`/api/blobs/${wrong}`, content);
      expect([reply.statusCode, reply.json()], wrong).toEqual([400, { error: 'invalid digest format' }]);
      expect((await app.call('HEAD', `/api/blobs/${wrong}`)).statusCode, wrong).toBe(400);
    }
    expect(await filesOf(app)).toEqual([]);
  });

  it('keeps nothing of an upload that is cut half way', async () => {
    await using app = await openModelApp();
    await app.app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = app.app.server.address() as AddressInfo;
    const upload = httpRequest({
      port,
      host: '127.0.0.1',
      method: 'POST',
      path: `/api/blobs/${digest}`,
      headers: { authorization: 'Bearer admin', 'content-length': content.length },
    });
    upload.on('error', () => undefined);
    const closed = new Promise((resolve) => upload.on('close', resolve));
    upload.write(content.subarray(0, 1_000_000));
    await expect.poll(() => filesOf(app), patient).toHaveLength(1);
    upload.destroy();
    await closed;
    await expect.poll(() => filesOf(app), patient).toEqual([]);
    expect((await app.call('HEAD', `/api/blobs/${digest}`)).statusCode).toBe(404);
    expect((await app.post(`/api/blobs/${digest}`, content)).statusCode).toBe(201);
  });
});
