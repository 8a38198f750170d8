import type { SecretStore } from '../../ports/secret-store.ts';
import type { Database } from './database.ts';

export function createSqliteSecretStore(database: Database): SecretStore {
  return {
    async getOrCreate(name, made) {
      // Written through the writer, which sees everybody's rows: of two at once, the second reads what the first made.
      await database.run('insert into secrets values (?, ?) on conflict do nothing', [name, made]);
      const rows = await database.all('select value from secrets where name = ?', [name]);
      return rows[0]!['value'] as Uint8Array;
    },
  };
}
