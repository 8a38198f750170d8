import type { FastifyRequest } from 'fastify';
import { AppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import type { App } from './route.ts';

/**
 * Answers a request that no route takes, before its body is read: 405 with the methods its address does take, else 404.
 */
export function refuseUnroutable(app: App): void {
  const methodsByPath = new Map<string, { pattern: RegExp; methods: Set<string> }>();
  app.addHook('onRoute', ({ url, method }) => {
    const entry = methodsByPath.get(url) ?? { pattern: patternOf(url), methods: new Set() };
    for (const name of [method].flat()) entry.methods.add(name);
    methodsByPath.set(url, entry);
  });
  const allowedMethods = (request: FastifyRequest): string[] => {
    const path = request.url.split('?', 1)[0] ?? '';
    const matching = [...methodsByPath.values()].filter(({ pattern }) => pattern.test(path));
    return [...new Set(matching.flatMap(({ methods }) => [...methods]))].toSorted();
  };
  app.addHook('onRequest', (request, reply, done) => {
    if (!request.is404) return done();
    const allowed = allowedMethods(request);
    if (allowed.length === 0) throw new AppError('not_found');
    void reply.header('allow', allowed.join(', '));
    throw new AppError('method_not_allowed', { detail: told`This address takes ${allowed.join(', ')}.` });
  });
}

function patternOf(url: string): RegExp {
  const source = url
    .replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll(/:[a-zA-Z_]+/g, '[^/]+')
    .replaceAll('*', '.*');
  return new RegExp(`^${source}$`);
}
