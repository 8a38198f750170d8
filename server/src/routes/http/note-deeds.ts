import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AuditTrail } from '../../core/audit/audit-trail.ts';
import type { AuditActor, AuditOutcome } from '../../models/audit-entry.ts';
import { cameThroughProxy } from './from-loopback.ts';
import type { App } from './route.ts';

const subjects = new WeakMap<FastifyRequest, string>();
const broken = new WeakSet<FastifyRequest>();

/** Says what a request is about, where its address does not: what it makes, or names in its body. */
export function nameSubject(request: FastifyRequest, subject: string): void {
  subjects.set(request, subject);
}

/** Says that a reply that began well told of a failure in the end. */
export function noteBrokenReply(request: FastifyRequest): void {
  broken.add(request);
}

/** Notes who did what on routes that say `config.audit`, and how it ended. */
export function noteDeeds(app: App, note: AuditTrail['note']): void {
  app.addHook('onSend', async (request, reply, payload) => {
    const { audit: action } = request.routeOptions.config;
    if (action === undefined || reply.hasHeader('idempotency-replayed')) return;
    const noteOutcome = async (outcome: AuditOutcome | null): Promise<void> => {
      const actor = actorOf(request);
      // Who is nobody and tried something else than to log in was turned away at the door.
      if (outcome === null || (actor === null && action !== 'session.login')) return;
      const deed = { actor, action, subject: subjectOf(request), outcome };
      await note({ ...deed, address: addressOf(request), requestId: request.id });
    };
    if (payload instanceof Readable) {
      reply.raw.once('close', () => void noteOutcome(outcomeOfStream(request, reply)));
      return;
    }
    const noted = noteOutcome(outcomeOf(reply.statusCode));
    // Of logins nobody may learn, from the time that it takes, whether there is such an account.
    if (action !== 'session.login') await noted;
  });
}

/** null: nothing was done, as what was asked for is not there or makes no sense. */
function outcomeOf(status: number): AuditOutcome | null {
  if (status < 400) return 'ok';
  if (status === 401 || status === 403) return 'refused';
  if (status === 429) return 'throttled';
  return status >= statusOfNobody ? 'failed' : null;
}

/** Whoever left, left it undone. */
const statusOfNobody = 499;

function outcomeOfStream(request: FastifyRequest, { raw }: FastifyReply): AuditOutcome {
  return broken.has(request) || !raw.writableEnded ? 'failed' : 'ok';
}

function actorOf({ principal }: FastifyRequest): AuditActor | null {
  // Public routes have none, whatever the type says.
  const known: FastifyRequest['principal'] | undefined = principal;
  return known === undefined ? null : { userId: known.userId, username: known.username, keyId: known.keyId };
}

function subjectOf(request: FastifyRequest): string | null {
  const { id, name } = (request.params ?? {}) as { id?: string; name?: string };
  return subjects.get(request) ?? id ?? name ?? null;
}

/** Whose it is that a proxy names, anybody can write. */
function addressOf(request: FastifyRequest): string | null {
  return cameThroughProxy(request) ? null : (request.socket.remoteAddress ?? null);
}
