import { afterAll, describe, expect, it } from 'vitest';
import { namesFor, type Names } from '../../../src/services/search/opensearch/names.ts';
import { ask, openSearchUrl, testIndices, withoutServer } from '../../support/opensearch.ts';
import { indexedDocument } from '../../support/passages.ts';
import { dimensions, found, ids, near, unitVector } from '../../support/search.ts';

const indices = testIndices();
afterAll(() => indices[Symbol.asyncDispose]());

interface IndexDescription {
  aliases: Record<string, object>;
  mappings: { _meta: { mapping_version: number }; properties: Record<string, object> };
}

const describeAll = (prefix: string): Promise<Record<string, IndexDescription>> =>
  ask(openSearchUrl, { path: `/${prefix}*` });

async function moveAliases(actions: readonly object[]): Promise<void> {
  await ask(openSearchUrl, { method: 'POST', path: '/_aliases', body: { actions } });
}

/** A new installation with one document that has a vector. */
async function installed(): Promise<{ prefix: string; names: Names; first: string }> {
  const prefix = indices.freshPrefix();
  await using index = await indices.open({ prefix });
  await index.replaceDocuments([indexedDocument({ id: 'a', texts: ['Prazo.'] })]);
  await index.putEmbeddings('small', [{ passageId: 'a:1:0', vector: unitVector(dimensions, 0) }]);
  const names = namesFor(prefix);
  return { prefix, names, first: names.versioned(1) };
}

async function setVersion(index: string, mappingVersion: number): Promise<void> {
  const body = { _meta: { mapping_version: mappingVersion, vectors: 'memory' } };
  await ask(openSearchUrl, { method: 'PUT', path: `/${index}/_mapping`, body });
}

const refusal = (text: string): object => ({
  code: 'part_unavailable',
  detail: expect.stringContaining(text) as unknown,
});

describe.skipIf(openSearchUrl === '')(`preparing an index in OpenSearch (${withoutServer})`, () => {
  it('makes one index, also for several services that start at once', async () => {
    const prefix = indices.freshPrefix();
    const services = await Promise.all(Array.from({ length: 4 }, () => indices.open({ prefix })));
    const statuses = await Promise.all(services.map((service) => service.status()));
    expect(new Set(statuses.map(({ revision }) => revision)).size).toBe(1);
    const names = namesFor(prefix);
    const made = await describeAll(prefix);
    expect(Object.keys(made)).toEqual([names.versioned(1)]);
    expect(made[names.versioned(1)]?.aliases).toEqual({ [names.read]: {}, [names.write]: {} });
    for (const service of services) await service[Symbol.asyncDispose]();
  });

  it('makes an index anew that was deleted, whose revision never comes back', async () => {
    const { prefix, first } = await installed();
    await using index = await indices.open({ prefix });
    const revisions = [(await index.status()).revision];
    for (let round = 0; round < 3; round += 1) {
      await ask(openSearchUrl, { method: 'DELETE', path: `/${first}` });
      expect(await found(index, 'prazo')).toEqual([]);
      const { documents, revision } = await index.status();
      expect(documents).toBe(0);
      revisions.push(revision);
    }
    expect(new Set(revisions).size).toBe(4);
    await index.replaceDocuments([indexedDocument({ id: 'a', texts: ['Prazo.'] })]);
    expect(await found(index, 'prazo')).toEqual(['a:1:0']);
  });

  it('writes into an index that was deleted a moment ago', async () => {
    const { prefix, first } = await installed();
    await using index = await indices.open({ prefix });
    await index.status();
    await ask(openSearchUrl, { method: 'DELETE', path: `/${first}` });
    await index.replaceDocuments([indexedDocument({ id: 'b', texts: ['Prazo.'] })]);
    expect(await found(index, 'prazo')).toEqual(['b:1:0']);
    expect(Object.keys(await describeAll(prefix))).toEqual([first]);
  });

  it('gives an index back the aliases that it lost', async () => {
    const { prefix, names, first } = await installed();
    await using index = await indices.open({ prefix });
    await index.status();
    await moveAliases([names.read, names.write].map((alias) => ({ remove: { index: first, alias } })));
    expect(await found(index, 'prazo')).toEqual(['a:1:0']);
    await moveAliases([{ remove: { index: first, alias: names.write } }]);
    await index.replaceDocuments([indexedDocument({ id: 'b', texts: ['Prazo.'] })]);
    expect(await index.status()).toMatchObject({ documents: 2 });
  });

  it('refuses aliases that stand for two indices, and says which', async () => {
    const { prefix, names } = await installed();
    const stray = `${prefix}-stray`;
    await ask(openSearchUrl, { method: 'PUT', path: `/${stray}` });
    await using index = await indices.open({ prefix });
    await index.status();
    await moveAliases([{ add: { index: stray, alias: names.read } }]);
    await expect(index.status()).rejects.toMatchObject(refusal(stray));
    await moveAliases([{ remove: { index: stray, alias: names.read } }]);
    await expect.poll(() => index.status().catch(() => null), { timeout: 5_000 }).toMatchObject({ documents: 1 });
  });

  it('refuses an index that it did not make, or whose mapping somebody changed', async () => {
    const foreign = indices.freshPrefix();
    const { read, versioned } = namesFor(foreign);
    await ask(openSearchUrl, { method: 'PUT', path: `/${versioned(1)}`, body: { aliases: { [read]: {} } } });
    await using other = await indices.open({ prefix: foreign });
    await expect(other.status()).rejects.toMatchObject(refusal('was not made by this service'));

    const { prefix, first } = await installed();
    await ask(openSearchUrl, { method: 'PUT', path: `/${first}/_mapping`, body: { dynamic: true } });
    await using changed = await indices.open({ prefix });
    await expect(changed.status()).rejects.toMatchObject(refusal('its mapping was changed'));
  });

  it('moves an index of an older mapping to a new one, with all that is in it', async () => {
    const { prefix, names, first } = await installed();
    await setVersion(first, 0);
    const services = await Promise.all([indices.open({ prefix }), indices.open({ prefix })]);
    for (const service of services) {
      expect(await found(service, 'prazo')).toEqual(['a:1:0']);
      expect(ids(await near(service, 0))).toEqual(['a:1:0']);
    }
    const after = await describeAll(prefix);
    expect(Object.keys(after)).toEqual([names.versioned(2)]);
    expect(after[names.versioned(2)]).toMatchObject({
      aliases: { [names.read]: {}, [names.write]: {} },
      mappings: { _meta: { mapping_version: 1 } },
    });
    for (const service of services) {
      await service.replaceDocuments([indexedDocument({ id: 'b', texts: ['Prazo.'] })]);
      await service[Symbol.asyncDispose]();
    }
  });

  it('refuses an index of a newer service', async () => {
    const { prefix, first } = await installed();
    await setVersion(first, 99);
    await using index = await indices.open({ prefix });
    await expect(index.status()).rejects.toMatchObject(refusal('newer version'));
  });

  it('removes what a service left that crashed after it had moved the index', async () => {
    const { prefix, names, first } = await installed();
    await setVersion(first, 0);
    const before = await describeAll(prefix);
    {
      await using index = await indices.open({ prefix });
      await index.status();
    }
    const { mappings } = before[first]!;
    await ask(openSearchUrl, {
      method: 'PUT',
      path: `/${first}`,
      body: { settings: { index: { knn: true } }, mappings },
    });
    await using index = await indices.open({ prefix });
    expect(await found(index, 'prazo')).toEqual(['a:1:0']);
    expect(Object.keys(await describeAll(prefix))).toEqual([names.versioned(2)]);
  });
});
