import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { openSearchUrl, testIndices, withoutServer } from '../../support/opensearch.ts';
import { indexedDocument } from '../../support/passages.ts';
import { all, dimensions, found, ids, near, unitVector } from '../../support/search.ts';

const indices = testIndices();
afterAll(() => indices[Symbol.asyncDispose]());

/** Passes everything on to OpenSearch, and says that it has no plugin. */
async function openWithoutPlugins(): Promise<AsyncDisposable & { url: string }> {
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/_cat/plugins') === true) {
      response.writeHead(200, { 'content-type': 'application/json' }).end('[]');
    } else void passOn(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(openSearchUrl);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: url.href,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Headers of one connection, not of what is sent over it. */
const ofConnection = new Set(['host', 'connection', 'content-length', 'transfer-encoding']);

async function passOn(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const sent: Buffer[] = [];
  for await (const part of request) sent.push(part as Buffer);
  const passed = Object.entries(request.headers).filter(([name]) => !ofConnection.has(name));
  const reply = await fetch(new URL(openSearchUrl).origin + request.url, {
    method: request.method!,
    headers: passed.map(([name, value]): [string, string] => [name, String(value)]),
    ...(sent.length === 0 ? {} : { body: Buffer.concat(sent) }),
  });
  response.writeHead(reply.status, { 'content-type': reply.headers.get('content-type') ?? '' });
  response.end(Buffer.from(await reply.arrayBuffer()));
}

describe.skipIf(openSearchUrl === '')(
  `an OpenSearch whose list of plugins is hidden by the test (${withoutServer})`,
  () => {
    it('searches by words, says why there are no vectors, and refuses them', async () => {
      await using server = await openWithoutPlugins();
      await using index = await indices.open({ urls: [server.url] });
      await index.replaceDocuments([indexedDocument({ id: 'a', texts: ['Prazo.'] })]);
      expect(await found(index, 'prazo')).toEqual(['a:1:0']);
      expect(await index.passages(['a:1:0'], all)).toHaveLength(1);
      expect((await index.status()).vectorsUnavailable?.template).toContain('opensearch-knn');
      const refusal = { code: 'part_unavailable', detail: expect.stringContaining('opensearch-knn') as unknown };
      await expect(near(index, 0)).rejects.toMatchObject(refusal);
      const vector = unitVector(dimensions, 0);
      await expect(index.putEmbeddings('small', [{ passageId: 'a:1:0', vector }])).rejects.toMatchObject(refusal);
    });

    it('keeps vectors, beside what it has, as soon as the plugin is there', async () => {
      const prefix = indices.freshPrefix();
      await using server = await openWithoutPlugins();
      await using before = await indices.open({ prefix, urls: [server.url] });
      await before.replaceDocuments([indexedDocument({ id: 'a', texts: ['Prazo.'] })]);
      await using index = await indices.open({ prefix });
      await index.putEmbeddings('small', [{ passageId: 'a:1:0', vector: unitVector(dimensions, 0) }]);
      expect(ids(await near(index, 0))).toEqual(['a:1:0']);
      expect(await found(before, 'prazo')).toEqual(['a:1:0']);
    });
  },
);
