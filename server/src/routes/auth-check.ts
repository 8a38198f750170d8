import { z } from 'zod';
import type { App } from './http/route.ts';

/** `GET /auth/check`: whether a token is valid, for a proxy that asks before it takes the body of a request. */
export function authCheckRoutes(app: App): void {
  app.get(
    '/auth/check',
    {
      config: { access: 'signed-in', checksToken: true, alwaysAnswers: true },
      schema: {
        tags: ['auth'],
        summary: 'Whether a token is valid, for proxies',
        description:
          'For the `auth_request` of nginx. The token comes in `Authorization`, or in `x-api-key` as clients of Anthropic ' +
          'send it. Takes keys of every dialect and counts against no quota. What the token allows is for the route itself.',
        response: { 204: z.null() },
      },
    },
    async (_request, reply) => reply.status(204).send(null),
  );
}
