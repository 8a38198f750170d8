import { describe, expect, it } from 'vitest';
import { createPersonas } from '../../../src/core/personas/create-personas.ts';
import { openDatabase } from '../../../src/db/sqlite/database.ts';
import { createSqlitePersonaStore } from '../../../src/db/sqlite/sqlite-persona-store.ts';
import { samplePersona } from '../../support/sample-persona.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

async function setUp() {
  const folder = await temporaryFolder();
  const database = await openDatabase(folder.file('billumy.db'));
  const store = createSqlitePersonaStore(database);
  return {
    store,
    personas: createPersonas({ personaStore: store }),
    async [Symbol.asyncDispose]() {
      await database[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

describe('personas', () => {
  it('has billumy from the first start, with and without documents', async () => {
    await using test = await setUp();
    const { personas } = test;
    expect(await personas.find('billumy')).toMatchObject({ name: 'billumy:latest', base: null, knowledge: null });
    expect(await personas.find('Billumy:Documents')).toMatchObject({ knowledge: { collections: null } });
    expect((await personas.list()).map(({ name }) => name)).toEqual(['billumy:latest', 'billumy:documents']);
  });

  it('finds by name, with every way to write it', async () => {
    await using test = await setUp();
    await test.store.save(samplePersona('Mario:latest'));
    for (const name of ['mario', 'MARIO:latest', 'library/mario', 'registry.ollama.ai/library/Mario:Latest']) {
      expect(await test.personas.find(name), name).toMatchObject({ name: 'Mario:latest' });
    }
    for (const name of ['mario:2', 'bowser/mario', '', '../mario', '/models/mario.gguf', 'hf:a/b/c.gguf']) {
      expect(await test.personas.find(name), name).toBeUndefined();
    }
  });

  it('lists each name once, those changed last first', async () => {
    await using test = await setUp();
    await test.store.save(samplePersona('Billumy:latest', { system: 'ours', updatedAt: new Date('2026-12-01') }));
    await test.store.save(samplePersona('old:latest', { updatedAt: new Date(0) }));
    const listed = await test.personas.list();
    expect(listed.map(({ name }) => name)).toEqual(['Billumy:latest', 'billumy:documents', 'old:latest']);
    expect(await test.personas.find('billumy')).toMatchObject({ system: 'ours' });
  });
});
