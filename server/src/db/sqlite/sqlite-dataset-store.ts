import type { CsvForm, Dataset, TableFormat } from '../../models/table.ts';
import type { DatasetStore } from '../../ports/dataset-store.ts';
import { countContent } from '../counted-content.ts';
import { decodeCursor, toPage } from '../cursor.ts';
import { createDatasetFiles } from './dataset-files.ts';
import type { Database } from './database.ts';
import type { Row } from './statement.ts';

/** After so long what has no row is what a crash left. */
const unfinishedMs = 60 * 60_000;

/**
 * A row per data set, and its bytes in a file of the folder: the file is there before the row, and goes after it. The
 * database belongs to whoever opened it.
 */
export function createSqliteDatasetStore({
  database,
  directory,
}: {
  database: Database;
  directory: string;
}): DatasetStore {
  const files = createDatasetFiles(directory);
  const remove = async (id: string): Promise<void> => {
    await database.run('delete from datasets where id = ?', [id]);
    await files.remove(id);
  };
  return {
    async add(dataset, content) {
      const counted = countContent(content);
      await files.write(dataset.id, counted.pieces);
      const added: Dataset = { ...dataset, ...counted.measured() };
      await database.run('insert into datasets values (?, ?, ?, ?, ?, ?, ?, ?, ?)', [
        added.id,
        added.ownerId,
        added.name,
        added.format,
        JSON.stringify(added.csv),
        added.bytes,
        added.digest,
        added.createdAt.getTime(),
        added.expiresAt.getTime(),
      ]);
      return added;
    },
    async find(id, now) {
      const [row] = await database.all('select * from datasets where id = ? and expires_at > ?', [id, now.getTime()]);
      return row && toDataset(row);
    },
    read: (id) => files.read(id),
    async list(ownerId, { limit, after, now }) {
      const [createdAt, id] = after === null ? [null, null] : decodeCursor(after, ['number', 'string']);
      const rows = await database.all(
        `select * from datasets
          where owner_id = ?1 and expires_at > ?2 and (?3 is null or (created_at, id) < (?3, ?4))
          order by created_at desc, id desc limit ?5`,
        [ownerId, now.getTime(), createdAt ?? null, id ?? null, limit + 1],
      );
      return toPage(rows, limit, {
        item: toDataset,
        cursor: (row) => [row['created_at'] as number, row['id'] as string],
      });
    },
    remove,
    async removeExpired(now) {
      const expired = await database.all('select id from datasets where expires_at <= ?', [now.getTime()]);
      for (const { id } of expired) await remove(id as string);
      const kept = new Set((await database.all('select id from datasets', [])).map(({ id }) => id as string));
      await files.sweep((id) => kept.has(id), new Date(now.getTime() - unfinishedMs));
    },
  };
}

function toDataset(row: Row): Dataset {
  return {
    id: row['id'] as string,
    ownerId: row['owner_id'] as string,
    name: row['name'] as string,
    format: row['format'] as TableFormat,
    csv: JSON.parse(row['csv'] as string) as CsvForm,
    bytes: row['bytes'] as number,
    digest: row['digest'] as string,
    createdAt: new Date(row['created_at'] as number),
    expiresAt: new Date(row['expires_at'] as number),
  };
}
