import type { UsageEntry } from '@billumy/protocol';

export const groupings = ['day', 'account', 'model'] as const;
export type Grouping = (typeof groupings)[number];

/** What was used by a day, an account or key, or a model. */
export interface UsageRow {
  key: string;
  /** One of those that were added up, for what to call the row. */
  sample: UsageEntry;
  requests: number;
  read: number;
  cached: number;
  written: number;
}

const keyOf: Readonly<Record<Grouping, (entry: UsageEntry) => string>> = {
  day: ({ day }) => day,
  account: ({ user_id: user, key_id: key }) => `${user} ${key ?? ''}`,
  model: ({ model }) => model,
};

/** Adds entries up: days newest first, the rest by what was used most. */
export function usageRows(entries: readonly UsageEntry[], grouping: Grouping): UsageRow[] {
  const rows = new Map<string, UsageRow>();
  for (const entry of entries) {
    const key = keyOf[grouping](entry);
    const row = rows.get(key) ?? { key, sample: entry, requests: 0, read: 0, cached: 0, written: 0 };
    rows.set(key, {
      ...row,
      requests: row.requests + entry.requests,
      read: row.read + entry.prompt_tokens,
      cached: row.cached + entry.cached_tokens,
      written: row.written + entry.completion_tokens,
    });
  }
  const all = [...rows.values()];
  return grouping === 'day'
    ? all.toSorted((one, other) => other.key.localeCompare(one.key))
    : all.toSorted((one, other) => tokensOf(other) - tokensOf(one));
}

/** Read and written. */
export function tokensOf({ read, written }: Pick<UsageRow, 'read' | 'written'>): number {
  return read + written;
}
