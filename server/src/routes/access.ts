import type { FastifyRequest } from 'fastify';
import { AppError } from '../errors/app-error.ts';
import type { Principal } from '../models/principal.ts';
import { fromLoopback } from './from-loopback.ts';
import type { App } from './route.ts';

export interface AccessOptions {
  /** Turns an `Authorization` header into who is asking; rejects with `unauthenticated` or `token_expired`. */
  authenticate(authorization: string | undefined): Promise<Principal>;
  /** Counts the request against what its key may use; rejects with `quota_exceeded`. */
  admit(principal: Principal): Promise<void>;
}

/** Nobody may do anything that a route does not allow in `config.access`. */
export function requireAccess(app: App, { authenticate, admit }: AccessOptions): void {
  app.addHook('onRoute', (route) => {
    if (route.config?.access === undefined) throw new Error(`${String(route.method)} ${route.url} declares no access`);
  });
  app.addHook('onRequest', async (request) => {
    const { access } = request.routeOptions.config;
    if (access === undefined || access === 'public' || passesAsLoopback(request)) return;
    request.principal = await authenticate(request.headers.authorization);
    await admit(request.principal);
    if (access !== 'signed-in' && !request.principal.scopes.includes(access.scope)) {
      throw new AppError('scope_missing', { detail: `This token lacks the scope "${access.scope}".` });
    }
  });
}

function passesAsLoopback(request: FastifyRequest): boolean {
  const { access } = request.routeOptions.config;
  return typeof access === 'object' && access.orLoopback === true && fromLoopback(request);
}
