import type { AuditAction, AuditEntry } from '../models/audit-entry.ts';
import type { Page, PageRequest } from '../models/page.ts';

/** Keeps what was done and by whom. Entries are never changed. */
export interface AuditLog {
  /** Durable when it resolves. Rejects with `already_exists` for an id that is there. */
  append(entry: AuditEntry): Promise<void>;
  /** Newest first. Rejects with `invalid_request` for a cursor of another list. */
  list(filter: AuditFilter, page: PageRequest): Promise<Page<AuditEntry>>;
  /** Forgets what was done before that moment. */
  removeBefore(time: Date): Promise<void>;
}

export interface AuditFilter {
  /** The id or name of an account, or the id of a key; null: everybody. */
  actor: string | null;
  /** null: everything. */
  action: AuditAction | null;
  /** The first moment; null: all that is kept. */
  since: Date | null;
}
