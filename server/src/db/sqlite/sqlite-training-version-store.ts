import type { Override, TrainingVersion, VersionInForce } from '../../models/training-version.ts';
import type { TrainingVersionStore } from '../../ports/training-version-store.ts';
import { decodeCursor, toPage } from '../cursor.ts';
import type { Database } from './database.ts';
import type { Row, Statement } from './statement.ts';

/** Versions in a table, and which is in force in another. The database belongs to whoever opened it. */
export function createSqliteTrainingVersionStore(database: Database): TrainingVersionStore {
  return {
    async add(version) {
      await database.transaction([insertTrainingVersion(version)]);
    },
    async find(id) {
      const [row] = await database.all('select * from training_versions where id = ?', [id]);
      return row && toTrainingVersion(row);
    },
    async list({ limit, after }) {
      const [createdAt, id] = after === null ? [null, null] : decodeCursor(after, ['number', 'string']);
      const rows = await database.all(
        `select * from training_versions where ?1 is null or (created_at, id) < (?1, ?2)
          order by created_at desc, id desc limit ?3`,
        [createdAt ?? null, id ?? null, limit + 1],
      );
      return toPage(rows, limit, {
        item: toTrainingVersion,
        cursor: (row) => [row['created_at'] as number, row['id'] as string],
      });
    },
    async override(id, override) {
      const { changes } = await database.run(
        'update training_versions set override = ? where id = ? and override is null',
        [JSON.stringify(override), id],
      );
      return changes > 0;
    },
    async delete(id) {
      return (await database.run('delete from training_versions where id = ?', [id])).changes > 0;
    },
    async inForce(base) {
      const [row] = await database.all('select * from versions_in_force where base = ?', [base]);
      return row && toVersionInForce(row);
    },
    async listInForce() {
      return (await database.all('select * from versions_in_force order by base')).map(toVersionInForce);
    },
    async replaceInForce(next) {
      const { sql, values } = insertVersionInForce(next);
      const { changes } = await database.run(
        next.revision === 1
          ? `${sql} on conflict do nothing`
          : `update versions_in_force set version_id = ?2, earlier = ?3, revision = ?4, changed_at = ?5, changed_by = ?6
              where base = ?1 and revision = ?4 - 1`,
        values,
      );
      return changes > 0;
    },
  };
}

export function insertTrainingVersion(version: TrainingVersion): Statement {
  return {
    sql: 'insert into training_versions values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    values: [
      version.id,
      version.base,
      version.baseSha256,
      version.adapter,
      version.bytes,
      version.jobId,
      version.ownerId,
      JSON.stringify(version.data),
      JSON.stringify(version.gate),
      version.override && JSON.stringify(version.override),
      version.createdAt.getTime(),
    ],
  };
}

export function toTrainingVersion(row: Row): TrainingVersion {
  return {
    id: row['id'] as string,
    base: row['base'] as string,
    baseSha256: row['base_sha256'] as string,
    adapter: row['adapter'] as string,
    bytes: row['bytes'] as number,
    jobId: row['job_id'] as string,
    ownerId: row['owner_id'] as string,
    data: JSON.parse(row['data'] as string) as TrainingVersion['data'],
    gate: JSON.parse(row['gate'] as string) as TrainingVersion['gate'],
    override: toOverride(row['override'] as string | null),
    createdAt: new Date(row['created_at'] as number),
  };
}

export function insertVersionInForce(inForce: VersionInForce): Statement & { values: (string | number | null)[] } {
  return {
    sql: 'insert into versions_in_force values (?1, ?2, ?3, ?4, ?5, ?6)',
    values: [
      inForce.base,
      inForce.versionId,
      JSON.stringify(inForce.earlier),
      inForce.revision,
      inForce.changedAt.getTime(),
      inForce.changedBy,
    ],
  };
}

export function toVersionInForce(row: Row): VersionInForce {
  return {
    base: row['base'] as string,
    versionId: row['version_id'] as string | null,
    earlier: JSON.parse(row['earlier'] as string) as string[],
    revision: row['revision'] as number,
    changedAt: new Date(row['changed_at'] as number),
    changedBy: row['changed_by'] as string,
  };
}

function toOverride(text: string | null): Override | null {
  if (text === null) return null;
  const { at, ...override } = JSON.parse(text) as Omit<Override, 'at'> & { at: string };
  return { ...override, at: new Date(at) };
}
