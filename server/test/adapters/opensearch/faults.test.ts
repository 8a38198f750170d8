import { afterAll, describe, expect, it } from 'vitest';
import type { SearchIndex } from '../../../src/ports/search-index.ts';
import { eventually } from '../../support/eventually.ts';
import { type FaultProxy, openFaultProxy } from '../../support/fault-proxy.ts';
import { openSearchUrl, testIndices, withoutServer } from '../../support/opensearch.ts';
import { indexedDocument } from '../../support/passages.ts';
import { found, ids, lexical } from '../../support/search.ts';

const indices = testIndices();
afterAll(() => indices[Symbol.asyncDispose]());

interface Faulty extends AsyncDisposable {
  proxy: FaultProxy;
  index: SearchIndex;
}

/** An index whose server is behind a network with faults. */
async function openFaulty(timeoutMs: number): Promise<Faulty> {
  const { hostname, port } = new URL(openSearchUrl);
  const proxy = await openFaultProxy({ target: { host: hostname, port: Number(port) } });
  const url = new URL(openSearchUrl);
  url.host = `127.0.0.1:${proxy.port}`;
  const index = await indices.open({ urls: [url.href], timeoutMs });
  return {
    proxy,
    index,
    async [Symbol.asyncDispose]() {
      await index[Symbol.asyncDispose]();
      await proxy[Symbol.asyncDispose]();
    },
  };
}

const unavailable = { code: 'part_unavailable', detail: expect.stringContaining('OpenSearch') as unknown };

describe.skipIf(openSearchUrl === '')(`OpenSearch behind a network with faults (${withoutServer})`, () => {
  it('may be absent when the index is opened, and is used as soon as it is there', async () => {
    await using faulty = await openFaulty(5_000);
    const { proxy, index } = faulty;
    await proxy.down();
    await expect(index.status()).rejects.toMatchObject(unavailable);
    await expect(found(index, 'prazo')).rejects.toMatchObject(unavailable);
    await proxy.up();
    const backAt = performance.now();
    await eventually(async () => expect(await index.status()).toMatchObject({ documents: 0 }));
    expect(performance.now() - backAt).toBeLessThan(5_000);
  });

  it('may go away and come back while the index is in use', async () => {
    await using faulty = await openFaulty(5_000);
    const { proxy, index } = faulty;
    await index.replaceDocuments([indexedDocument({ id: 'a', texts: ['Prazo.'] })]);
    await proxy.down();
    await expect(found(index, 'prazo')).rejects.toMatchObject(unavailable);
    await expect(index.replaceDocuments([indexedDocument({ id: 'b', texts: ['Prazo.'] })])).rejects.toMatchObject(
      unavailable,
    );
    await proxy.up();
    await eventually(async () => expect(await found(index, 'prazo')).toEqual(['a:1:0']));
    await index.replaceDocuments([indexedDocument({ id: 'b', texts: ['Prazo.'] })]);
    expect(await found(index, 'prazo')).toHaveLength(2);
  });

  it('is given up in time when it does not answer', async () => {
    await using faulty = await openFaulty(1_000);
    const { proxy, index } = faulty;
    await index.status();
    proxy.blackhole(true);
    const startedAt = performance.now();
    await expect(found(index, 'prazo')).rejects.toMatchObject(unavailable);
    expect(performance.now() - startedAt).toBeLessThan(2_500);
    proxy.blackhole(false);
    await eventually(async () => expect(await found(index, 'prazo')).toEqual([]));
  });

  it('is given up in time when it answers ever so slowly', async () => {
    await using faulty = await openFaulty(1_000);
    const { proxy, index } = faulty;
    await index.status();
    proxy.delay(10_000);
    const startedAt = performance.now();
    await expect(found(index, 'prazo')).rejects.toMatchObject(unavailable);
    expect(performance.now() - startedAt).toBeLessThan(2_500);
  });

  it('is asked again when connections break that were idle', async () => {
    await using faulty = await openFaulty(5_000);
    const { proxy, index } = faulty;
    await index.replaceDocuments([indexedDocument({ id: 'a', texts: ['Prazo.'] })]);
    for (let round = 0; round < 5; round += 1) {
      proxy.cut();
      expect(await found(index, 'prazo')).toEqual(['a:1:0']);
    }
  });

  it('may send its replies in pieces', async () => {
    await using faulty = await openFaulty(5_000);
    const { proxy, index } = faulty;
    proxy.slice(7);
    await index.replaceDocuments([indexedDocument({ id: 'a', texts: ['Prazo “ção” 😀.'] })]);
    expect(await found(index, 'prazo')).toEqual(['a:1:0']);
    expect(proxy.stats.faults).toBeGreaterThan(0);
  });

  it('shows a document whole, old or new, wherever its replacement was cut off', async () => {
    await using faulty = await openFaulty(5_000);
    const { proxy, index } = faulty;
    const texts = Array.from({ length: 20 }, () => 'Prazo de entrega.');
    await index.replaceDocuments([indexedDocument({ id: 'a', texts })]);
    for (let revision = 2; revision < 14; revision += 1) {
      // Each time a little later in the conversation of a replacement.
      proxy.cutAfter(revision * 150);
      await index.replaceDocuments([indexedDocument({ id: 'a', revision, texts })]).catch(() => {});
      proxy.cutAfter(Infinity);
      const hits = ids((await lexical(index, 'prazo', { limit: 100 })).hits);
      expect(hits).toHaveLength(texts.length);
      expect(new Set(hits.map((id) => id.split(':')[1])).size).toBe(1);
    }
    await index.replaceDocuments([indexedDocument({ id: 'a', revision: 20, texts })]);
    expect(await found(index, 'prazo')).toContain('a:20:0');
    expect(await index.status()).toMatchObject({ documents: 1, passages: 20 });
    expect(proxy.stats.faults).toBeGreaterThan(0);
  });
});
