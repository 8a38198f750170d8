import { auditPageSchema, auditQuery, type AuditEntry as AuditEntryBody } from '@billumy/protocol';
import type { AuditTrail } from '../core/audit/audit-trail.ts';
import type { AuditEntry } from '../models/audit-entry.ts';
import type { App } from './http/route.ts';

/** `GET /audit`: who did what. */
export function auditRoutes(trail: Pick<AuditTrail, 'list'>): (app: App) => void {
  return (app) => {
    app.get(
      '/audit',
      {
        config: { access: { scope: 'admin' } },
        schema: {
          tags: ['audit'],
          summary: 'Who did what, newest first',
          description:
            'Logins, and every change of users, keys, documents, trained versions, models and personas, for as many days as ' +
            'the setting `AUDIT_DAYS` says. Without secrets, and without anything out of documents and questions.',
          querystring: auditQuery,
          response: { 200: auditPageSchema },
        },
      },
      async ({ query: { limit, after = null, actor = null, action = null, since } }) => {
        const filter = { actor, action, since: since === undefined ? null : new Date(since) };
        const { items, next } = await trail.list(filter, { limit, after });
        return { items: items.map(toBody), next };
      },
    );
  };
}

function toBody({ id, at, actor, action, subject, outcome, address, requestId }: AuditEntry): AuditEntryBody {
  return {
    id,
    at: at.toISOString(),
    actor: actor && { user_id: actor.userId, username: actor.username, key_id: actor.keyId },
    action,
    subject,
    outcome,
    address,
    request_id: requestId,
  };
}
