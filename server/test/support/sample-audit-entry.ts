import type { AuditEntry } from '../../src/models/audit-entry.ts';

/** An entry of which nothing is special, but for what is given. */
export function sampleAuditEntry(id: string, change: Partial<AuditEntry> = {}): AuditEntry {
  return {
    id,
    at: new Date(1000),
    actor: { userId: 'usr_1', username: 'ana', keyId: null },
    action: 'user.create',
    subject: 'usr_2',
    outcome: 'ok',
    address: null,
    requestId: null,
    ...change,
  };
}
