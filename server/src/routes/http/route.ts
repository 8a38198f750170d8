import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { AuditAction } from '../../models/audit-entry.ts';
import type { Principal, Scope } from '../../models/principal.ts';

/** The server as route files see it: schemas are zod's, bodies arrive checked. */
export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/**
 * Who may call a route. Every route states it in `config.access`; one that does not fails start-up.
 * `signed-in` takes any valid token. With `orLoopback`, a program on this very machine needs none.
 */
export type Access = 'public' | 'signed-in' | { scope: Scope; orLoopback?: true };

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
    /** Takes `application/x-www-form-urlencoded` beside JSON. */
    acceptsForm?: true;
    /** JSON Schema of the `multipart/form-data` body that the route takes beside JSON. */
    form?: object;
    /** Media types of bodies that the route takes beside JSON, each with its schema. */
    rawBodies?: Readonly<Record<string, { schema: object }>>;
    /** Its body may come for hours, as long as something comes. */
    takesLong?: true;
    /** Answered also while the service is full or stopping: probes. */
    alwaysAnswers?: true;
    /** Only asks whether the token is valid: keys of every dialect may, in either header, and no quota counts it. */
    checksToken?: true;
    /** `false`: an `Idempotency-Key` is not taken, because the route only reads or has a key of its own. */
    idempotency?: false;
    /** What the audit trail calls what is done here. */
    audit?: AuditAction;
  }
  interface FastifyRequest {
    /** Set on every route that is not public. */
    principal: Principal;
  }
}
