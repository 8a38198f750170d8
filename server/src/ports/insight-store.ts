import type { InsightReport, InsightSummary } from '../models/insight.ts';
import type { Page, PageRequest } from '../models/page.ts';

/** Keeps reports as they were given, until they expire. */
export interface InsightStore {
  /** Keeps the report, or replaces the one with its id; durable when it resolves. */
  put(report: InsightReport): Promise<void>;
  /** An expired one is not there. */
  find(id: string, now: Date): Promise<InsightReport | undefined>;
  /** Newest first, without expired ones. Rejects with `invalid_request` for a cursor of another list. */
  list(ownerId: string, page: PageRequest & { now: Date }): Promise<Page<InsightSummary>>;
  /** One that is not there is fine. */
  remove(id: string): Promise<void>;
  removeExpired(now: Date): Promise<void>;
}
