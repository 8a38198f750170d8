import { describe, expect, it } from 'vitest';
import { rememberPersonas } from '../../../src/core/personas/remember-personas.ts';
import { openDatabase } from '../../../src/db/sqlite/database.ts';
import { createSqlitePersonaStore } from '../../../src/db/sqlite/sqlite-persona-store.ts';
import type { PersonaStore } from '../../../src/ports/persona-store.ts';
import { samplePersona } from '../../support/sample-persona.ts';
import { createClock } from '../../support/sqlite-backend.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

async function setUp() {
  const folder = await temporaryFolder();
  const database = await openDatabase(folder.file('billumy.db'));
  const store = createSqlitePersonaStore(database);
  const clock = createClock();
  let asked = 0;
  const counting: PersonaStore = {
    ...store,
    find(name) {
      asked += 1;
      return store.find(name);
    },
  };
  return {
    store,
    clock,
    remembered: rememberPersonas(counting, clock.now),
    asked: () => asked,
    async [Symbol.asyncDispose]() {
      await database[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

describe('remembered personas', () => {
  it('are read once a second, also those that are not there', async () => {
    await using test = await setUp();
    const { remembered, store, clock } = test;
    for (const name of ['mario:latest', 'MARIO:latest']) expect(await remembered.find(name)).toBeUndefined();
    expect(test.asked()).toBe(1);
    await store.save(samplePersona('mario:latest'));
    clock.passTime(999);
    expect(await remembered.find('mario:latest')).toBeUndefined();
    clock.passTime(1);
    expect(await remembered.find('mario:latest')).toBeDefined();
    expect(test.asked()).toBe(2);
  });

  it('are as they were changed here, at once', async () => {
    await using test = await setUp();
    const { remembered } = test;
    await remembered.find('mario:latest');
    await remembered.save(samplePersona('mario:latest', { system: 'one' }));
    expect(await remembered.find('mario:latest')).toMatchObject({ system: 'one' });
    const reading = remembered.find('luigi:latest');
    await remembered.save(samplePersona('luigi:latest'));
    await reading;
    expect(await remembered.find('luigi:latest')).toBeDefined();
    expect(await remembered.delete('mario:latest')).toBe(true);
    expect(await remembered.find('mario:latest')).toBeUndefined();
    expect(await remembered.list()).toHaveLength(1);
  });
});
