import type { AuditEntry } from '../../models/audit-entry.ts';
import type { AuditFilter, AuditLog } from '../../ports/audit-log.ts';
import { decodeCursor, toPage } from '../cursor.ts';
import type { Database } from './database.ts';
import type { Row, SqlValue, Statement } from './statement.ts';

/** Entries in a table. The database belongs to whoever opened it. */
export function createSqliteAuditLog(database: Database): AuditLog {
  return {
    async append(entry) {
      await database.transaction([insertAuditEntry(entry)]);
    },
    async list(filter, { limit, after }) {
      const conditions = conditionsOf(filter);
      if (after !== null)
        conditions.push({ sql: '(at, id) < (?, ?)', values: decodeCursor(after, ['number', 'string']) });
      const rows = await database.all(
        `select * from audit where ${['true', ...conditions.map(({ sql }) => sql)].join(' and ')}
          order by at desc, id desc limit ?`,
        [...conditions.flatMap(({ values }) => values), limit + 1],
      );
      return toPage(rows, limit, {
        item: toAuditEntry,
        cursor: (row) => [row['at'] as number, row['id'] as string],
      });
    },
    async removeBefore(time) {
      await database.run('delete from audit where at < ?', [time.getTime()]);
    },
  };
}

interface Condition {
  sql: string;
  values: readonly SqlValue[];
}

function conditionsOf({ actor, action, since }: AuditFilter): Condition[] {
  const conditions: Condition[] = [];
  if (actor !== null) conditions.push({ sql: '? in (user_id, username, key_id)', values: [actor] });
  if (action !== null) conditions.push({ sql: 'action = ?', values: [action] });
  if (since !== null) conditions.push({ sql: 'at >= ?', values: [since.getTime()] });
  return conditions;
}

export function insertAuditEntry(entry: AuditEntry): Statement {
  return {
    sql: 'insert into audit values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    values: [
      entry.id,
      entry.at.getTime(),
      entry.actor?.userId ?? null,
      entry.actor?.username ?? null,
      entry.actor?.keyId ?? null,
      entry.action,
      entry.subject,
      entry.outcome,
      entry.address,
      entry.requestId,
    ],
  };
}

export function toAuditEntry(row: Row): AuditEntry {
  return {
    id: row['id'] as string,
    at: new Date(row['at'] as number),
    actor: toActor(row),
    action: row['action'] as AuditEntry['action'],
    subject: row['subject'] as string | null,
    outcome: row['outcome'] as AuditEntry['outcome'],
    address: row['address'] as string | null,
    requestId: row['request_id'] as string | null,
  };
}

function toActor(row: Row): AuditEntry['actor'] {
  if (row['user_id'] === null) return null;
  return {
    userId: row['user_id'] as string,
    username: row['username'] as string,
    keyId: row['key_id'] as string | null,
  };
}
