import { randomUUID } from 'node:crypto';
import { rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Databases of tables that were read, so that the same table need not be read again. */
export interface DatabaseCache {
  /** Not removed before it is released; absent when it was never read, or not lately. */
  find(key: string): UsedDatabase | undefined;
  /** Takes a complete file over. What was least recently used goes when there are too many bytes. */
  add(key: string, file: string): Promise<UsedDatabase>;
}

export interface UsedDatabase {
  file: string;
  release(): void;
}

interface KeptDatabase {
  file: string;
  bytes: number;
  users: number;
}

export function createDatabaseCache({ folder, mostBytes }: { folder: string; mostBytes: number }): DatabaseCache {
  /** In the order of their last use. */
  const kept = new Map<string, KeptDatabase>();

  function use(key: string, database: KeptDatabase): UsedDatabase {
    kept.delete(key);
    kept.set(key, database);
    database.users += 1;
    let isUsed = true;
    return {
      file: database.file,
      release() {
        if (isUsed) database.users -= 1;
        isUsed = false;
      },
    };
  }

  async function makeRoom(): Promise<void> {
    let bytes = [...kept.values()].reduce((sum, database) => sum + database.bytes, 0);
    for (const [key, database] of kept) {
      if (bytes <= mostBytes) return;
      if (database.users > 0) continue;
      kept.delete(key);
      bytes -= database.bytes;
      await rm(database.file, { force: true });
    }
  }

  return {
    find(key) {
      const database = kept.get(key);
      return database === undefined ? undefined : use(key, database);
    },
    async add(key, file) {
      const { size: bytes } = await stat(file);
      const database = { file: join(folder, `${randomUUID()}.db`), bytes, users: 0 };
      await rename(file, database.file);
      const known = kept.get(key);
      if (known !== undefined) {
        // Somebody else has read the same table meanwhile.
        await rm(database.file);
        return use(key, known);
      }
      const used = use(key, database);
      await makeRoom();
      return used;
    },
  };
}
