import type { FastifyRequest } from 'fastify';
import { AppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import type { Dialect, Principal, Scope } from '../../models/principal.ts';
import { fromLoopback } from './from-loopback.ts';
import type { App } from './route.ts';

export interface AccessOptions {
  /** Turns an `Authorization` header into who is asking; rejects with `unauthenticated` or `token_expired`. */
  authenticate(authorization: string | undefined): Promise<Principal>;
  /** Counts the request against what its key may use; rejects with `quota_exceeded`. */
  admit(principal: Principal): Promise<void>;
  /** Whether programs on this machine may call the dialects of other products without a key. */
  openLoopback: boolean;
}

/** Nobody may do anything that a route does not allow in `config.access`. */
export function requireAccess(app: App, { authenticate, admit, openLoopback }: AccessOptions): void {
  app.addHook('onRoute', (route) => {
    if (route.config?.access === undefined) throw new Error(`${String(route.method)} ${route.url} declares no access`);
  });
  app.addHook('onRequest', async (request) => {
    const { access, checksToken = false } = request.routeOptions.config;
    if (access === undefined || access === 'public' || passesAsLoopback(request)) return;
    if (checksToken) {
      request.principal = await authenticate(authorizationOf(request, 'anthropic'));
      return;
    }
    const dialect = dialectOf(request.routeOptions.url);
    const authorization = authorizationOf(request, dialect);
    if (openLoopback && authorization === undefined && dialect !== 'billumy' && isLocalProgram(request)) {
      request.principal = localProgram;
      return;
    }
    request.principal = await authenticate(authorization);
    await admit(request.principal);
    assertAllowed(request.principal, { access, dialect });
  });
}

function assertAllowed(
  { scopes, dialects }: Principal,
  { access, dialect }: { access: 'signed-in' | { scope: Scope }; dialect: Dialect },
): void {
  if (dialects !== null && !dialects.includes(dialect)) {
    const detail = told`This key may not call the routes of the dialect "${dialect}": an administrator can make one that may.`;
    throw new AppError('forbidden', { detail });
  }
  if (access !== 'signed-in' && !scopes.includes(access.scope)) {
    const detail = told`This token lacks the scope "${access.scope}": an administrator can make a key that has it.`;
    throw new AppError('scope_missing', { detail });
  }
}

/** By the address of the route. */
function dialectOf(url: string | undefined): Dialect {
  if (url === undefined) return 'billumy';
  if (url.startsWith('/v1/messages')) return 'anthropic';
  if (url.startsWith('/v1/')) return 'openai';
  return url.startsWith('/api/') ? 'ollama' : 'billumy';
}

/** Clients of Anthropic send the key in a header of its own. */
function authorizationOf({ headers }: FastifyRequest, dialect: Dialect): string | undefined {
  const key = headers['x-api-key'];
  if (headers.authorization !== undefined || dialect !== 'anthropic' || typeof key !== 'string') {
    return headers.authorization;
  }
  return `Bearer ${key}`;
}

function passesAsLoopback(request: FastifyRequest): boolean {
  const { access } = request.routeOptions.config;
  return typeof access === 'object' && access.orLoopback === true && fromLoopback(request);
}

const localOrigin = /^(?:https?|app|file|tauri):\/\/(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])?(?::\d+)?$/i;

/** A page of a stranger in a browser on this machine is no program of its user: browsers say where it is from. */
function isLocalProgram(request: FastifyRequest): boolean {
  const { origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const isOwnPage = origin === undefined || localOrigin.test(origin);
  return fromLoopback(request) && isOwnPage && site !== 'cross-site';
}

/** The `ollama` command manages models too. It sees documents that everyone may see. */
const localProgram: Principal = {
  userId: 'usr_loopback',
  username: 'key:loopback',
  role: 'member',
  groups: [],
  scopes: ['ask', 'admin'],
  keyId: 'loopback',
  collections: null,
  models: null,
  dialects: ['ollama', 'openai', 'anthropic'],
  requestsPerMinute: null,
  tokensPerDay: null,
};
