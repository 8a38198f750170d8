import type { RefreshToken } from '../../models/refresh-token.ts';
import type { RefreshTokenStore } from '../../ports/refresh-token-store.ts';
import type { Database } from './database.ts';
import type { Row, Statement } from './statement.ts';

export function createSqliteRefreshTokenStore(database: Database): RefreshTokenStore {
  return {
    async create(token) {
      await database.transaction([insertRefreshToken(token)]);
    },
    async find(hash) {
      const row = (await database.all('select * from refresh_tokens where hash = ?', [hash]))[0];
      return row && toRefreshToken(row);
    },
    async hasFamily(familyId) {
      const rows = await database.all('select 1 from refresh_tokens where family_id = ? limit 1', [familyId]);
      return rows.length > 0;
    },
    async rotate(hash, successor, usedAt) {
      const use = 'update refresh_tokens set used_at = ? where hash = ? and used_at is null';
      const results = await database.transaction([
        { sql: use, values: [usedAt.getTime(), hash], expectChanges: 1 },
        insertRefreshToken(successor),
      ]);
      return results !== undefined;
    },
    async deleteFamily(familyId) {
      await database.run('delete from refresh_tokens where family_id = ?', [familyId]);
    },
    async deleteExpired(now) {
      await database.run('delete from refresh_tokens where expires_at <= ?', [now.getTime()]);
    },
  };
}

export function insertRefreshToken(token: RefreshToken): Statement {
  return {
    sql: 'insert into refresh_tokens values (?, ?, ?, ?, ?, ?)',
    values: [
      token.hash,
      token.familyId,
      token.userId,
      token.sessionVersion,
      token.expiresAt.getTime(),
      token.usedAt?.getTime() ?? null,
    ],
  };
}

export function toRefreshToken(row: Row): RefreshToken {
  const usedAt = row['used_at'] as number | null;
  return {
    hash: row['hash'] as string,
    familyId: row['family_id'] as string,
    userId: row['user_id'] as string,
    sessionVersion: row['session_version'] as number,
    expiresAt: new Date(row['expires_at'] as number),
    usedAt: usedAt === null ? null : new Date(usedAt),
  };
}
