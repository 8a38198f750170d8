import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openRestClient, type ServerOptions } from '../../../../src/services/search/opensearch/rest/rest-client.ts';
import { toAppError } from '../../../../src/services/search/opensearch/rest/translate-errors.ts';
import { eventually } from '../../../support/eventually.ts';
import { answers, openFlakyServer, type Behaviour } from '../../../support/flaky-server.ts';

// What a real OpenSearch cannot be made to do, a server does here that speaks no more than the protocol.

const json = { 'content-type': 'application/json' };
const fine = answers(200, json, '{"ok":true}');
const refusal = (status: number, type: string): Behaviour =>
  answers(status, json, JSON.stringify({ error: { type, reason: 'because' }, status }));
const request = { method: 'GET', path: '/' } as const;

async function outcome(behaviours: readonly Behaviour[], options: Partial<ServerOptions> = {}) {
  await using server = await openFlakyServer(behaviours);
  await using client = openRestClient({ urls: [server.url], ...options });
  const reply = await client.send(request).catch((error: unknown) => toAppError(error));
  return { reply, requests: server.requests.length };
}

describe('a request to OpenSearch (a server of the test)', () => {
  it('is sent again while the server is busy', async () => {
    const busy = refusal(429, 'rejected_execution_exception');
    expect(await outcome([busy, busy, fine])).toEqual({ reply: { ok: true }, requests: 3 });
  });

  it('is given up when the server stays busy', async () => {
    const { reply } = await outcome([refusal(429, 'rejected_execution_exception')], { timeoutMs: 300 });
    expect(reply).toMatchObject({ code: 'part_unavailable', retryAfterSeconds: 5 });
    expect(reply).toHaveProperty('detail', expect.stringContaining('overloaded'));
  });

  it('is not sent again to a server whose disk is full', async () => {
    const { reply, requests } = await outcome([refusal(429, 'cluster_block_exception')]);
    expect(reply).toMatchObject({ code: 'disk_full', detail: expect.stringContaining('OpenSearch') });
    expect(requests).toBe(1);
  });

  it.each([
    [401, 'security_exception', 'password'],
    [403, 'security_exception', 'permissions'],
    [503, 'cluster_manager_not_discovered_exception', 'not ready'],
    [404, '', 'not an OpenSearch'],
  ])('that is refused with %i says what to do', async (status, type, word) => {
    const { reply } = await outcome([refusal(status, type)]);
    expect(reply).toMatchObject({ code: 'part_unavailable', detail: expect.stringContaining(word) });
  });

  it('that something else answers says so', async () => {
    const page = answers(200, { 'content-type': 'text/html' }, '<html>Welcome</html>');
    expect((await outcome([page])).reply).toMatchObject({ detail: expect.stringContaining('not an OpenSearch') });
    const half = answers(200, json, '{"ok":');
    expect((await outcome([half])).reply).toMatchObject({ detail: expect.stringContaining('not an OpenSearch') });
  });

  it('ends in time when no reply comes, and when one does not end', async () => {
    const silent: Behaviour = () => {};
    const endless: Behaviour = (_, response) => void response.writeHead(200, json).write('{"ok":');
    for (const behaviour of [silent, endless]) {
      const { reply } = await outcome([behaviour], { timeoutMs: 300 });
      expect(reply).toMatchObject({ code: 'part_unavailable', detail: expect.stringContaining('did not answer') });
    }
  });

  it('survives a connection that was cut once', async () => {
    const cut: Behaviour = (incoming) => void incoming.socket.resetAndDestroy();
    const cutWithin: Behaviour = (_, response) => {
      response.writeHead(200, { ...json, 'content-length': 11 });
      response.write('{"ok"', () => response.socket?.resetAndDestroy());
    };
    for (const behaviour of [cut, cutWithin]) {
      expect(await outcome([behaviour, fine])).toEqual({ reply: { ok: true }, requests: 2 });
    }
  });

  it('goes to another node when one refuses connections, or hangs', async () => {
    await using hanging = await openFlakyServer([() => {}]);
    await using server = await openFlakyServer([fine]);
    for (const other of [await closedAddress(), hanging.url]) {
      await using client = openRestClient({ urls: [other, server.url], timeoutMs: 1_000 });
      expect(await client.send(request)).toEqual({ ok: true });
      expect(await client.send(request)).toEqual({ ok: true });
    }
  });

  it('is refused at once after closing', async () => {
    const client = openRestClient({ urls: [await closedAddress()] });
    await client[Symbol.asyncDispose]();
    await expect(client.send(request)).rejects.toMatchObject({ code: 'internal' });
  });

  it('is ended by closing', async () => {
    await using server = await openFlakyServer([() => {}]);
    const client = openRestClient({ urls: [server.url] });
    const ended = client.send(request).catch((error: unknown) => error);
    await eventually(async () => expect(server.requests).toHaveLength(1));
    await client[Symbol.asyncDispose]();
    expect(await ended).toMatchObject({ code: 'internal' });
  });
});

describe('credentials for OpenSearch (a server of the test)', () => {
  async function sent(change: (url: string) => Partial<ServerOptions>): Promise<string | undefined> {
    let authorization: string | undefined;
    await using server = await openFlakyServer([
      (incoming, response) => {
        authorization = incoming.headers.authorization;
        fine(incoming, response);
      },
    ]);
    await using client = openRestClient({ urls: [server.url], ...change(server.url) });
    await client.send(request);
    return authorization;
  }
  const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

  it('come from the settings or from the address', async () => {
    expect(await sent(() => ({}))).toBeUndefined();
    expect(await sent(() => ({ username: 'ana', password: 'p:ß' }))).toBe(basic('ana:p:ß'));
    expect(await sent((url) => ({ urls: [url.replace('//', '//ana:p%40ss@')] }))).toBe(basic('ana:p@ss'));
    expect(await sent(() => ({ apiKey: 'os_key', username: 'ana' }))).toBe('ApiKey os_key');
  });

  it('are in no error', async () => {
    const address = (await closedAddress()).replace('//', '//ana:secret@');
    await using client = openRestClient({ urls: [address] });
    const error = await client.send(request).catch((cause: unknown) => toAppError(cause));
    expect(error).toMatchObject({ code: 'part_unavailable', detail: expect.stringContaining('refuses connections') });
    expect(inspect(error, { depth: 10 })).not.toContain('secret');
  });
});

describe('a large body for OpenSearch (a server of the test)', () => {
  it('is compressed', async () => {
    const received: Buffer[] = [];
    await using server = await openFlakyServer([
      (incoming, response) => {
        incoming.on('data', (data: Buffer) => received.push(data));
        incoming.on('end', () => fine(incoming, response));
      },
    ]);
    await using client = openRestClient({ urls: [server.url] });
    const ndjson = '{"index":{}}\n'.repeat(1_000);
    await client.send({ method: 'POST', path: '/_bulk', ndjson });
    expect(gunzipSync(Buffer.concat(received)).toString()).toBe(ndjson);
  });
});

/** An address where nothing listens. */
async function closedAddress(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${port}`;
}
