import Fastify, { type FastifyHttpOptions, type RawServerDefault } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { AuditTrail } from './core/audit/audit-trail.ts';
import { AppError } from './errors/app-error.ts';
import type { IdempotencyStore } from './ports/idempotency-store.ts';
import { requireAccess, type AccessOptions } from './routes/http/access.ts';
import { parseBodies } from './routes/http/body-parsers.ts';
import { boundBodyTime } from './routes/http/body-time.ts';
import { answerClientError } from './routes/http/client-error.ts';
import { keepReplies } from './routes/http/idempotency.ts';
import { docsRoutes } from './routes/openapi/docs.ts';
import { boundInFlight, createInFlight, type InFlight } from './routes/http/in-flight.ts';
import { refuseUnroutable } from './routes/http/method-not-allowed.ts';
import { noteDeeds } from './routes/http/note-deeds.ts';
import { describeRoutes } from './routes/openapi/openapi.ts';
import { sendProblem } from './routes/http/problem.ts';
import { boundReplyTime } from './routes/http/reply-time.ts';
import { logRequests, logSettings, type LogOptions } from './routes/http/request-log.ts';
import type { App } from './routes/http/route.ts';
import { addSecurityHeaders } from './routes/http/security-headers.ts';
import { findUrlFault } from './routes/http/text-checks.ts';

export interface AppOptions extends LogOptions {
  authenticate: AccessOptions['authenticate'];
  admit?: AccessOptions['admit'];
  openLoopback?: boolean;
  routes: readonly ((app: App) => void)[];
  /** Without it, `Idempotency-Key` is not taken. */
  idempotency?: IdempotencyStore;
  inFlight?: InFlight;
  /** Without it, nobody is told who did what. */
  note?: AuditTrail['note'];
}

const defaultBodyLimit = 256 * 1024;

const timeouts = {
  headersTimeout: 10_000,
  // Bodies have a time of their own, by route.
  requestTimeout: 0,
  connectionsCheckingInterval: 1_000,
};

/** The HTTP server, not yet listening; tests call it with `inject`. */
export async function buildApp(options: AppOptions): Promise<App> {
  const { authenticate, admit = async () => undefined, openLoopback = false, routes, idempotency } = options;
  const { inFlight = createInFlight(), note } = options;
  const app = Fastify({ ...serverSettings, ...logSettings(options) }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler((error, request, reply) => sendProblem(reply, { error, request }));
  app.setNotFoundHandler(() => {
    throw new AppError('not_found');
  });

  logRequests(app);
  boundBodyTime(app);
  boundReplyTime(app);
  await addSecurityHeaders(app);
  app.addHook('onRequest', (request, _reply, done) => {
    const fault = findUrlFault(request.url);
    done(fault === undefined ? undefined : new AppError('invalid_request', { detail: fault }));
  });
  boundInFlight(app, inFlight);
  refuseUnroutable(app);
  requireAccess(app, { authenticate, admit, openLoopback });
  parseBodies(app);
  if (idempotency !== undefined) keepReplies(app, idempotency);
  if (note !== undefined) noteDeeds(app, note);
  describeRoutes(app);
  for (const register of [docsRoutes, ...routes]) register(app);
  await app.ready();
  return app;
}

const serverSettings: FastifyHttpOptions<RawServerDefault> = {
  bodyLimit: defaultBodyLimit,
  // What is too long for an id is for its route to refuse, in the words of its dialect.
  routerOptions: { maxParamLength: 16 * 1024 },
  requestTimeout: timeouts.requestTimeout,
  http: timeouts,
  // A proxy in front must not reuse a connection that is being closed here: nginx keeps its own for 60 s.
  keepAliveTimeout: 72_000,
  // Stopping answers with our own `shutting_down`.
  return503OnClosing: false,
  frameworkErrors: (error, request, reply) => void sendProblem(reply, { error, request }),
  clientErrorHandler: answerClientError,
  // The compilers of `buildApp` replace these; without them, Fastify loads its own first.
  schemaController: { compilersFactory: { buildValidator: notAsked, buildSerializer: notAsked } },
};

function notAsked(): never {
  throw new Error('requests and replies are checked by zod');
}
