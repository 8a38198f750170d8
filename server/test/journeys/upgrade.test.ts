import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { hash } from '@node-rs/argon2';
import SqliteDatabase from 'libsql';
import { describe, expect, it } from 'vitest';
import { startServer } from '../../src/main.ts';
import { migrate } from '../../src/db/sqlite/migrate.ts';
import { migrations } from '../../src/db/sqlite/migrations/index.ts';
import { spawnFailingService } from '../support/spawn-service.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const password = 'correct horse battery staple';

/** A data folder as an earlier version left it: its schema, an administrator, and the write-ahead log unmerged. */
async function makeDataFolder(folder: string, schema: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  const database = new SqliteDatabase(`${folder}/billumy.db`);
  database.pragma('journal_mode = WAL');
  migrate(database, migrations.slice(0, schema));
  const passwordHash = await hash(password, { salt: randomBytes(16) });
  database.prepare(`insert into users values ('usr_1', 'chefe', 'chefe', 'admin', '[]', ?, 1, 0, 0)`).run(passwordHash);
  database.close();
}

describe('upgrade', () => {
  it.each(migrations.map((_, index) => index + 1))('opens a data folder of schema %i', async (schema) => {
    await using folder = await temporaryFolder();
    await makeDataFolder(folder.file('data'), schema);
    // In this process, which has loaded the program already: there is one start for each schema.
    const environment = { DATA_DIR: folder.file('data'), PORT: '0', OFFLINE: '1', LOG_LEVEL: 'error' };
    const service = await startServer({ environment, folder: folder.path });
    try {
      const login = await fetch(`${service.url}/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ username: 'chefe', password }),
      });
      expect(login.status).toBe(200);
      const { access_token } = (await login.json()) as { access_token: string };
      const me = await fetch(`${service.url}/auth/me`, { headers: { authorization: `Bearer ${access_token}` } });
      expect(await me.json()).toMatchObject({ user_id: 'usr_1', role: 'admin' });
      expect((await fetch(`${service.url}/health/ready`)).status).toBe(200);
    } finally {
      await service.close();
    }
  });

  it('refuses a data folder of a later version, and leaves it as it is', async () => {
    await using folder = await temporaryFolder();
    await makeDataFolder(folder.file('data'), migrations.length);
    const path = folder.file('data/billumy.db');
    const later = new SqliteDatabase(path);
    later.pragma(`user_version = ${migrations.length + 1}`);
    later.close();
    const refused = await spawnFailingService({ DATA_DIR: folder.file('data') });
    expect(refused.code).toBe(1);
    expect(refused.errors).toContain('newer version of Billumy');
    const untouched = new SqliteDatabase(path);
    expect(untouched.pragma('user_version')).toMatchObject([{ user_version: migrations.length + 1 }]);
    untouched.close();
  });
});
