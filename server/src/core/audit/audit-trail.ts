import type { AuditEntry } from '../../models/audit-entry.ts';
import { newId } from '../../models/new-id.ts';
import type { Page, PageRequest } from '../../models/page.ts';
import type { AuditFilter, AuditLog } from '../../ports/audit-log.ts';
import type { UserStore } from '../../ports/user-store.ts';
import { canonicalUsername } from '../auth/username.ts';

export type Deed = Omit<AuditEntry, 'id' | 'at'>;

/** What was done, and by whom. The disposal waits until everything is noted. */
export interface AuditTrail extends AsyncDisposable {
  /**
   * Notes a deed. Never rejects: nothing that was done fails because it could not be noted. What did not succeed is noted
   * once a minute, however often it is tried, so that nobody fills the disk by trying.
   */
  note(deed: Deed): Promise<void>;
  /** Newest first. Whoever calls this is an administrator: routes ask for the scope. */
  list(filter: AuditFilter, page: PageRequest): Promise<Page<AuditEntry>>;
}

export interface AuditTrailPorts {
  audit: AuditLog;
  users: Pick<UserStore, 'findByUsername'>;
  now: () => Date;
  /** Told when a deed could not be noted. */
  onError: (error: unknown) => void;
}

const longestSubject = 200;

export function createAuditTrail({ audit, users, now, onError }: AuditTrailPorts): AuditTrail {
  const isRepeated = createRepeats(now);
  const noting = new Set<Promise<void>>();

  async function append(deed: Deed): Promise<void> {
    const known = deed.action === 'session.login' ? await ofAccount(deed, users) : deed;
    const entry = { ...known, id: newId('aud'), at: now(), subject: known.subject && sound(known.subject) };
    if (!isRepeated(entry)) await audit.append(entry);
  }

  return {
    note(deed) {
      const noted = append(deed)
        .catch(onError)
        .finally(() => noting.delete(noted));
      noting.add(noted);
      return noted;
    },
    list: (filter, page) => audit.list(filter, page),
    async [Symbol.asyncDispose]() {
      await Promise.all(noting);
    },
  };
}

/** Of a login, whose account it is. What is no account is not kept: people type passwords where names belong. */
async function ofAccount(deed: Deed, users: AuditTrailPorts['users']): Promise<Deed> {
  const { subject, outcome } = deed;
  const account = subject === null ? undefined : await users.findByUsername(canonicalUsername(subject));
  if (account === undefined) return { ...deed, subject: null };
  const { id: userId, username } = account;
  return { ...deed, subject: username, actor: outcome === 'ok' ? { userId, username, keyId: null } : null };
}

/** Of what callers name things, no more than a line, and nothing that a store would refuse. */
function sound(text: string): string {
  return text.slice(0, longestSubject).replaceAll('\0', '').toWellFormed();
}

const repeatsForMs = 60_000;
const mostRemembered = 1000;

/** Whether the same was tried within the last minute, and did not succeed then either. */
function createRepeats(now: () => Date): (entry: AuditEntry) => boolean {
  const triedAt = new Map<string, number>();
  return ({ actor, action, subject, outcome }) => {
    if (outcome === 'ok') return false;
    const key = JSON.stringify([actor, action, subject, outcome]);
    const time = now().getTime();
    const before = triedAt.get(key);
    if (before !== undefined && time - before < repeatsForMs) return true;
    if (triedAt.size >= mostRemembered) triedAt.clear();
    triedAt.set(key, time);
    return false;
  };
}
