import { afterAll, describe, expect, it } from 'vitest';
import type { SearchIndex } from '../../../src/ports/search-index.ts';
import { namesFor, type Names } from '../../../src/services/search/opensearch/names.ts';
import { ask, openSearchUrl, testIndices, withoutServer } from '../../support/opensearch.ts';
import { indexedDocument } from '../../support/passages.ts';
import { dimensions, found, ids, lexical, near, unitVector } from '../../support/search.ts';

const indices = testIndices();
afterAll(() => indices[Symbol.asyncDispose]());

const texts = Array.from({ length: 50 }, (_, number) => `Prazo número ${number}.`);
const vectorsOf = (size: number) =>
  texts.map((_, at) => ({ passageId: `a:1:${at}`, vector: unitVector(size, at % size) }));

interface Installation {
  prefix: string;
  names: Names;
  services: readonly [SearchIndex, SearchIndex];
}

/** Two services with a document whose passages have vectors of one model. */
async function installed(): Promise<Installation> {
  const prefix = indices.freshPrefix();
  const services = [await indices.open({ prefix }), await indices.open({ prefix })] as const;
  await services[0].replaceDocuments([indexedDocument({ id: 'a', texts })]);
  await services[0].putEmbeddings('small', vectorsOf(dimensions));
  return { prefix, names: namesFor(prefix), services };
}

const namesOf = async (prefix: string): Promise<string[]> =>
  Object.keys(await ask<object>(openSearchUrl, { path: `/${prefix}*` }));

async function close(services: readonly SearchIndex[]): Promise<void> {
  for (const service of services) await service[Symbol.asyncDispose]();
}

describe.skipIf(openSearchUrl === '')(`copying the index in OpenSearch (${withoutServer})`, () => {
  it('drops the vectors of other models, once for two services that find them complete', async () => {
    const { prefix, names, services } = await installed();
    const halves = [vectorsOf(32).slice(0, 30), vectorsOf(32).slice(20)] as const;
    await Promise.all(services.map((service, at) => service.putEmbeddings('large', halves[at]!)));
    const mapping = await ask<Record<string, { mappings: { properties: object } }>>(openSearchUrl, {
      path: `/${names.read}/_mapping`,
    });
    const [{ mappings }] = Object.values(mapping) as [{ mappings: { properties: object } }];
    expect(Object.keys(mappings.properties).filter((field) => field.startsWith('vector_'))).toHaveLength(1);
    expect(await namesOf(prefix)).toEqual([names.versioned(2)]);
    for (const service of services) {
      expect((await service.status()).embeddings).toEqual([{ model: 'large', dimensions: 32, passages: 50 }]);
      expect(await near(service, 0)).toEqual([]);
    }
    await close(services);
  });

  it('does not keep queries from being answered, and loses nothing that is written meanwhile', async () => {
    const { services } = await installed();
    const [first, second] = services;
    const revision = (await second.status()).revision;
    const copying = { running: true };
    const copied = first.putEmbeddings('large', vectorsOf(32)).finally(() => (copying.running = false));
    const written: string[] = [];
    while (copying.running) {
      const id = `w${written.length}`;
      const [{ hits }] = await Promise.all([
        lexical(second, 'prazo', { limit: 100 }),
        second.replaceDocuments([indexedDocument({ id, texts: ['Zebra.'] })]),
      ]);
      expect(hits).toHaveLength(texts.length);
      written.push(id);
    }
    await copied;
    expect(written.length).toBeGreaterThan(0);
    const { hits } = await lexical(first, 'zebra', { limit: 1_000 });
    expect(ids(hits).toSorted()).toEqual(written.map((id) => `${id}:1:0`).toSorted());
    expect(await second.status()).toMatchObject({ documents: written.length + 1 });
    expect((await second.status()).revision).not.toBe(revision);
    await close(services);
  });

  it('that a service began and left when it crashed is given up by the next writer', async () => {
    const { prefix, names, services } = await installed();
    const copy = names.versioned(2);
    await ask(openSearchUrl, { method: 'PUT', path: `/${copy}`, body: { aliases: { [names.copy(2)]: {} } } });
    await ask(openSearchUrl, { method: 'PUT', path: `/${names.versioned(1)}/_block/write` });
    await using impatient = await indices.open({ prefix, haltedCopyMs: 300 });
    expect(await lexical(impatient, 'prazo', { limit: 100 })).toMatchObject({ passages: 50 });
    await impatient.replaceDocuments([indexedDocument({ id: 'b', texts: ['Zebra.'] })]);
    expect(await found(services[0], 'zebra')).toEqual(['b:1:0']);
    expect(await namesOf(prefix)).toEqual([names.versioned(1)]);
    await close(services);
  });

  it('is not what a block of somebody else is taken for: writers say so', async () => {
    const { names, services } = await installed();
    await ask(openSearchUrl, { method: 'PUT', path: `/${names.versioned(1)}/_block/write` });
    const [first] = services;
    await expect(first.deleteDocument('a')).rejects.toMatchObject({
      code: 'part_unavailable',
      detail: expect.stringContaining('index.blocks.write') as unknown,
    });
    expect(await found(first, 'prazo')).not.toEqual([]);
    await close(services);
  });
});
