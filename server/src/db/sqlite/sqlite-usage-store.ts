import type { UsageEntry } from '../../models/usage.ts';
import type { UsageFilter, UsageStore } from '../../ports/usage-store.ts';
import { decodeCursor, toPage } from '../cursor.ts';
import type { Database } from './database.ts';
import type { Row, SqlValue, Statement } from './statement.ts';

/** Stands for "no key" in the primary key, where nulls would not be equal. */
const noKey = '';

export function createSqliteUsageStore(database: Database): UsageStore {
  return {
    async add(entries) {
      await database.transaction(entries.map(addUsage));
    },
    async list(filter, { limit, after }) {
      const { condition, values } = conditionOf(filter);
      const place = after === null ? [] : decodeCursor(after, ['string', 'string', 'string', 'string']);
      const later = after === null ? '' : 'and (day, user_id, key_id, model) < (?, ?, ?, ?)';
      const rows = await database.all(
        `select * from usage where ${condition} ${later}
         order by day desc, user_id desc, key_id desc, model desc limit ?`,
        [...values, ...place, limit + 1],
      );
      return toPage(rows, limit, {
        item: toEntry,
        cursor: (row) => ['day', 'user_id', 'key_id', 'model'].map((column) => String(row[column])),
      });
    },
    async total(filter) {
      const { condition, values } = conditionOf(filter);
      const [row = {}] = await database.all(
        `select coalesce(sum(requests), 0) as requests, coalesce(sum(prompt_tokens), 0) as prompt_tokens,
           coalesce(sum(cached_tokens), 0) as cached_tokens, coalesce(sum(completion_tokens), 0) as completion_tokens
         from usage where ${condition}`,
        values,
      );
      return countsOf(row);
    },
  };
}

function conditionOf({ from, to, userId, keyId }: UsageFilter): { condition: string; values: SqlValue[] } {
  const parts: [string, SqlValue][] = [
    ['day >= ?', from],
    ['day <= ?', to],
    ...(userId === null ? [] : [['user_id = ?', userId] satisfies [string, SqlValue]]),
    ...(keyId === undefined ? [] : [['key_id = ?', keyId] satisfies [string, SqlValue]]),
  ];
  return { condition: parts.map(([sql]) => sql).join(' and '), values: parts.map(([, value]) => value) };
}

export function addUsage(entry: UsageEntry): Statement {
  return {
    sql: `insert into usage values (?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (day, user_id, key_id, model) do update set
        requests = requests + excluded.requests,
        prompt_tokens = prompt_tokens + excluded.prompt_tokens,
        cached_tokens = cached_tokens + excluded.cached_tokens,
        completion_tokens = completion_tokens + excluded.completion_tokens`,
    values: [
      entry.day,
      entry.userId,
      entry.keyId ?? noKey,
      entry.model,
      entry.requests,
      entry.promptTokens,
      entry.cachedTokens,
      entry.completionTokens,
    ],
  };
}

export function toEntry(row: Row): UsageEntry {
  const keyId = String(row['key_id']);
  return {
    day: String(row['day']),
    userId: String(row['user_id']),
    keyId: keyId === noKey ? null : keyId,
    model: String(row['model']),
    ...countsOf(row),
  };
}

function countsOf(row: Row) {
  return {
    requests: Number(row['requests']),
    promptTokens: Number(row['prompt_tokens']),
    cachedTokens: Number(row['cached_tokens']),
    completionTokens: Number(row['completion_tokens']),
  };
}
