import { describe, expect, it } from 'vitest';
import { createAdaptersInForce } from '../../../src/core/training/adapters-in-force.ts';
import { createPublications } from '../../../src/core/training/publications.ts';
import type { Engine } from '../../../src/ports/engine.ts';
import { openDatabase, type Database } from '../../../src/db/sqlite/database.ts';
import { createSqliteTrainingVersionStore } from '../../../src/db/sqlite/sqlite-training-version-store.ts';
import type { ModelDescription } from '../../../src/models/model-description.ts';
import { sampleVersion } from '../../support/sample-training.ts';
import { baseProfile, baseSha256 } from '../../support/training-parts.ts';
import { administrator, examplesAbout, openTrainingMachine, trained, trainer } from '../../support/training-setup.ts';
import { createClock } from '../../support/sqlite-backend.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const one = sampleVersion('ver_1', { adapter: `sha256:${'01'.repeat(32)}`, baseSha256 });
const two = sampleVersion('ver_2', { adapter: `sha256:${'02'.repeat(32)}`, baseSha256 });
const ana = { userId: 'usr_ana' };

async function openService(database: Database, { now, digest = baseSha256 }: { now: () => Date; digest?: string }) {
  const versions = createSqliteTrainingVersionStore(database);
  const files = { describe: async () => ({ digest }) as ModelDescription };
  const adapters = createAdaptersInForce({ versions, files, now });
  const released: (string | undefined)[] = [];
  const engine: Pick<Engine, 'load'> = { load: async (_model, { adapter }) => void released.push(adapter) };
  return { versions, adapters, released, publications: createPublications({ versions, adapters, engine, now }) };
}

async function openServices() {
  const folder = await temporaryFolder();
  const database = await openDatabase(folder.file('billumy.db'));
  const clock = createClock();
  const first = await openService(database, clock);
  const second = await openService(database, clock);
  for (const version of [one, two]) await first.versions.add(version);
  return {
    clock,
    database,
    first,
    second,
    async [Symbol.asyncDispose]() {
      await database[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

describe('publishing and rolling back', () => {
  it('is seen at once here, and within two seconds by another service', async () => {
    await using services = await openServices();
    const { first, second, clock } = services;
    expect(await second.adapters.over(baseProfile)).toBeUndefined();
    expect(await first.publications.publish(one, ana)).toBe(true);
    expect(await first.adapters.over(baseProfile)).toBe(one.adapter);
    clock.passTime(2_000);
    expect(await second.adapters.over(baseProfile)).toBe(one.adapter);
    await second.publications.rollBack('nano', ana);
    expect(await second.adapters.over(baseProfile)).toBeUndefined();
    clock.passTime(2_000);
    expect(await first.adapters.over(baseProfile)).toBeUndefined();
  });

  it('goes back step by step, to the base itself, and not further', async () => {
    await using services = await openServices();
    const { publications } = services.first;
    await publications.publish(one, ana);
    await publications.publish(two, ana);
    expect(services.first.released).toEqual([one.adapter]);
    expect(await publications.find('nano')).toMatchObject({
      versionId: 'ver_2',
      earlier: ['ver_1'],
      changedBy: 'usr_ana',
    });
    expect(await publications.rollBack('nano', ana)).toMatchObject({ versionId: 'ver_1', earlier: [] });
    expect(await publications.rollBack('nano', ana)).toMatchObject({ versionId: null, earlier: [] });
    await expect(publications.rollBack('nano', ana)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('passes over versions that were deleted', async () => {
    await using services = await openServices();
    const { publications, versions } = services.first;
    await publications.publish(one, ana);
    await publications.publish(two, ana);
    await versions.delete('ver_1');
    expect(await publications.rollBack('nano', ana)).toMatchObject({ versionId: null, earlier: [] });
  });

  it('publishes nothing over what its maker did not know of', async () => {
    await using services = await openServices();
    const { first, second } = services;
    await first.publications.publish(one, { ...ana, over: null });
    expect(await second.publications.publish(two, { ...ana, over: null })).toBe(false);
    expect(await second.publications.publish(two, { ...ana, over: 'ver_1' })).toBe(true);
    // Once more is the same: a worker may be told late that it was done.
    expect(await second.publications.publish(two, { ...ana, over: 'ver_1' })).toBe(true);
    expect(await first.publications.find('nano')).toMatchObject({ versionId: 'ver_2', revision: 2 });
  });

  it('lets each of many at once take its turn', async () => {
    await using services = await openServices();
    const { first, second } = services;
    await Promise.all(
      [one, two, one, two].map((version, index) => (index < 2 ? first : second).publications.publish(version, ana)),
    );
    const { revision, earlier } = await first.publications.find('nano');
    expect(revision).toBe(earlier.length + 1);
  });

  it('lets an adapter answer over the file that it was made for, and over no other', async () => {
    await using services = await openServices();
    await services.first.publications.publish(one, ana);
    const { adapters } = await openService(services.database, { now: services.clock.now, digest: 'ff'.repeat(32) });
    expect(await adapters.over({ ...baseProfile, sha256: null })).toBeUndefined();
    expect(await adapters.over({ ...baseProfile, name: 'other' })).toBeUndefined();
    expect(await services.first.adapters.over({ ...baseProfile, sha256: null })).toBe(one.adapter);
  });
});

describe('versions', () => {
  it('are shown to those who may use their base', async () => {
    await using machine = await openTrainingMachine();
    await using service = await machine.start();
    const { result } = await trained(service, examplesAbout('Zirva'));
    const id = String(result?.['version']);
    const limited = { ...trainer, models: ['other'] };
    await expect(service.versions.get(limited, id)).rejects.toMatchObject({ code: 'not_found' });
    expect((await service.versions.list(limited, { limit: 9, after: null })).items).toEqual([]);
    const { bytes, content } = await service.versions.readAdapter(trainer, id);
    let read = 0;
    for await (const piece of content) read += piece.byteLength;
    expect(read).toBe(bytes);
  });

  it('are given as one model with their base, as long as it is the file they were trained over', async () => {
    await using machine = await openTrainingMachine();
    let digest = baseSha256;
    await using service = await machine.start({ baseSha256: () => digest });
    const id = String((await trained(service, examplesAbout('Zirva'))).result?.['version']);
    const { adapter } = await service.versions.get(trainer, id);
    const { signal } = new AbortController();
    expect(await service.versions.readMerged(trainer, id, { signal })).toMatchObject({
      fileName: `${id}-merged.gguf`,
      bytes: adapter.length,
    });
    digest = 'ff'.repeat(32);
    await expect(service.versions.readMerged(trainer, id, { signal })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('are deleted by administrators when nothing needs them', async () => {
    await using machine = await openTrainingMachine();
    const personas: { name: string; adapter: string | null }[] = [];
    await using service = await machine.start({ personas });
    const made: string[] = [];
    for (const subject of ['Zirva', 'Plomb', 'Kresk']) {
      made.push(String((await trained(service, examplesAbout(subject))).result?.['version']));
    }
    const [first, second, third] = made as [string, string, string];
    const { versions } = service;
    await expect(versions.delete(trainer, first)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(versions.delete(administrator, third)).rejects.toMatchObject({ code: 'conflict' });
    await expect(versions.delete(administrator, second)).rejects.toMatchObject({ code: 'conflict' });
    personas.push({ name: 'mario:latest', adapter: (await versions.get(trainer, first)).adapter });
    await expect(versions.delete(administrator, first)).rejects.toMatchObject({
      code: 'conflict',
      detail: expect.stringContaining('mario:latest'),
    });
    personas.pop();
    await versions.delete(administrator, first);
    await expect(versions.get(administrator, first)).rejects.toMatchObject({ code: 'not_found' });
    await expect(versions.rollBack(trainer, undefined)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await versions.rollBack(administrator, undefined)).toMatchObject({ versionId: second });
    expect(await versions.rollBack(administrator, 'nano')).toMatchObject({ versionId: null });
  });
});
