import { AppError } from '../../errors/app-error.ts';
import type { ApiKey } from '../../models/api-key.ts';
import type { Dialect, Scope } from '../../models/principal.ts';
import type { ApiKeyStore } from '../../ports/api-key-store.ts';
import { decodeCursor, toPage } from '../cursor.ts';
import type { Database } from './database.ts';
import type { Row, Statement } from './statement.ts';

export function createSqliteApiKeyStore(database: Database): ApiKeyStore {
  return {
    async create(key) {
      await database.transaction([insertApiKey(key)]);
    },
    async find(id) {
      const row = (await database.all('select * from api_keys where id = ?', [id]))[0];
      return row && toApiKey(row);
    },
    async list(userId, { limit, after }) {
      const end = after === null ? [Number.MAX_SAFE_INTEGER, ''] : decodeCursor(after, ['number', 'string']);
      const owned = userId === null ? '' : 'user_id = ? and';
      const rows = await database.all(
        `select * from api_keys where ${owned} (created_at, id) < (?, ?) order by created_at desc, id desc limit ?`,
        [...(userId === null ? [] : [userId]), ...end, limit + 1],
      );
      return toPage(rows, limit, {
        item: toApiKey,
        cursor: (row) => [row['created_at'] as number, row['id'] as string],
      });
    },
    async touch(id, usedAt) {
      await database.run('update api_keys set last_used_at = max(coalesce(last_used_at, 0), ?) where id = ?', [
        usedAt.getTime(),
        id,
      ]);
    },
    async delete(id) {
      const { changes } = await database.run('delete from api_keys where id = ?', [id]);
      if (changes === 0) throw new AppError('not_found');
    },
  };
}

export function insertApiKey(key: ApiKey): Statement {
  return {
    sql: 'insert into api_keys values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    values: [
      key.id,
      key.userId,
      key.name,
      JSON.stringify(key.scopes),
      key.collections && JSON.stringify(key.collections),
      key.models && JSON.stringify(key.models),
      key.requestsPerMinute,
      key.tokensPerDay,
      key.expiresAt?.getTime() ?? null,
      key.lastUsedAt?.getTime() ?? null,
      key.createdAt.getTime(),
      key.secretHash,
      key.dialects && JSON.stringify(key.dialects),
    ],
  };
}

export function toApiKey(row: Row): ApiKey {
  return {
    id: row['id'] as string,
    userId: row['user_id'] as string,
    name: row['name'] as string,
    scopes: toList(row, 'scopes') as Scope[],
    collections: toList(row, 'collections'),
    models: toList(row, 'models'),
    dialects: toList(row, 'dialects') as Dialect[] | null,
    requestsPerMinute: row['requests_per_minute'] as number | null,
    tokensPerDay: row['tokens_per_day'] as number | null,
    expiresAt: toDate(row, 'expires_at'),
    lastUsedAt: toDate(row, 'last_used_at'),
    createdAt: new Date(row['created_at'] as number),
    secretHash: row['secret_hash'] as string,
  };
}

function toList(row: Row, column: string): string[] | null {
  const json = row[column] as string | null;
  return json === null ? null : (JSON.parse(json) as string[]);
}

function toDate(row: Row, column: string): Date | null {
  const time = row[column] as number | null;
  return time === null ? null : new Date(time);
}
