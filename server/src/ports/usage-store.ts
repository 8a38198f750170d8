import type { Page, PageRequest } from '../models/page.ts';
import type { UsageEntry } from '../models/usage.ts';

/** Keeps what was used, summed by day, user, key and model. */
export interface UsageStore {
  /** Adds all of it or nothing to what is there; correct when many add at once. */
  add(entries: readonly UsageEntry[]): Promise<void>;
  /** Newest day first. */
  list(filter: UsageFilter, page: PageRequest): Promise<Page<UsageEntry>>;
  /** Everything that matches, summed. */
  total(filter: UsageFilter): Promise<UsageTotal>;
}

export interface UsageFilter {
  /** First and last day, both included: `2026-11-21`. */
  from: string;
  to: string;
  /** null: everybody. */
  userId: string | null;
  /** undefined: with or without a key. */
  keyId?: string | undefined;
}

export type UsageTotal = Pick<UsageEntry, 'requests' | 'promptTokens' | 'cachedTokens' | 'completionTokens'>;
