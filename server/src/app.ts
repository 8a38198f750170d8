import Fastify from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { AppError } from './errors/app-error.ts';
import type { Principal } from './models/principal.ts';
import { sendProblem } from './routes/problem.ts';
import type { App } from './routes/route.ts';

export interface AppOptions {
  /** Turns an `Authorization` header into who is asking; rejects with `unauthenticated` or `token_expired`. */
  authenticate(authorization: string | undefined): Promise<Principal>;
  routes: readonly ((app: App) => void)[];
  logLevel: string;
}

/** The HTTP server, not yet listening; tests call it with `inject`. */
export async function buildApp({ authenticate, routes, logLevel }: AppOptions): Promise<App> {
  const app = Fastify({
    logger: logLevel === 'silent' ? false : { level: logLevel },
    bodyLimit: 256 * 1024,
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler((error, request, reply) => sendProblem(reply, { error, request }));
  app.setNotFoundHandler((request, reply) => sendProblem(reply, { error: new AppError('not_found'), request }));

  app.addHook('onRoute', (route) => {
    if (route.config?.access === undefined) throw new Error(`${String(route.method)} ${route.url} declares no access`);
  });
  app.addHook('onRequest', async (request) => {
    const access = request.routeOptions.config.access;
    if (access === undefined || access === 'public') return;
    request.principal = await authenticate(request.headers.authorization);
    if (access !== 'signed-in' && !request.principal.scopes.includes(access.scope)) {
      throw new AppError('scope_missing', { detail: `This token lacks the scope "${access.scope}".` });
    }
  });
  for (const register of routes) register(app);
  await app.ready();
  return app;
}
