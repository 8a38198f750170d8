import type { RouteOptions } from 'fastify';
import { z } from 'zod';
import type { App } from '../http/route.ts';

/** Serves the description of every route that is added from now on as `/openapi.json`. */
export function describeRoutes(app: App): void {
  const routes: RouteOptions[] = [];
  app.addHook('onRoute', (route) => void routes.push(route));
  let document: Promise<{ openapi: string }> | undefined;
  app.get(
    '/openapi.json',
    {
      config: { access: 'public' },
      schema: {
        summary: 'This description of every route, in the form of OpenAPI 3.1',
        tags: ['description'],
        response: { 200: z.looseObject({ openapi: z.string() }) },
      },
    },
    // What describes is a hundred files that nobody may ever ask for: a start does not wait for them.
    () => (document ??= import('./openapi-document.ts').then(({ openApiDocument }) => openApiDocument(routes))),
  );
}
