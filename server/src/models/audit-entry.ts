/** What is worth knowing later: who may do what, what is answered from, and what answers. */
export const auditActions = [
  'session.login',
  'session.logout',
  'password.change',
  'user.create',
  'user.change',
  'user.delete',
  'key.create',
  'key.delete',
  'document.replace',
  'document.change',
  'document.delete',
  'training.start',
  'training.publish',
  'training.rollback',
  'training.delete',
  'model.download',
  'model.delete',
  'persona.create',
] as const;
export type AuditAction = (typeof auditActions)[number];

/** `refused`: by a wrong password or a missing right; `throttled`: after too many attempts; `failed`: not done, or not all. */
export const auditOutcomes = ['ok', 'refused', 'throttled', 'failed'] as const;
export type AuditOutcome = (typeof auditOutcomes)[number];

/** Who did something, as they were called then. */
export interface AuditActor {
  userId: string;
  username: string;
  /** null: logged in with a password. */
  keyId: string | null;
}

/** One deed. Never holds a secret, nor anything out of a document, a question or an answer. */
export interface AuditEntry {
  id: string;
  at: Date;
  /** null: nobody who is known, as when a login failed; or the service itself. */
  actor: AuditActor | null;
  action: AuditAction;
  /** The id or name of what it was done to. */
  subject: string | null;
  outcome: AuditOutcome;
  /** Where the request came from; null behind a proxy, and for what the service did by itself. */
  address: string | null;
  /** As in the log; null for what the service did by itself. */
  requestId: string | null;
}
