import { z } from 'zod';
import type { App } from '../route.ts';
import { ollamaFailures, ollamaSchema } from './ollama-schema.ts';
import { sendJson } from './send.ts';

/** The version of Ollama whose behaviour this is: clients decide by it what they may ask for. */
const ollamaVersion = '0.33.0';

/** `/`, `/api/version` and `/api/status`: what clients ask before they ask for anything. */
export function heartbeatRoutes(scope: App): void {
  scope.get(
    '/',
    {
      config: { access: 'public', alwaysAnswers: true },
      schema: {
        tags: ['ollama'],
        summary: 'Whether the service runs, as Ollama says it',
        response: {
          ...ollamaFailures,
          200: { description: 'It runs', content: { 'text/plain': { schema: z.string() } } },
        },
      },
    },
    async (_request, reply) => reply.type('text/plain; charset=utf-8').send('Ollama is running'),
  );
  scope.get(
    '/api/version',
    {
      config: { access: 'public' },
      schema: ollamaSchema({
        summary: 'The version of Ollama that this speaks like',
        reply: z.object({ version: z.string() }),
      }),
    },
    async (_request, reply) => sendJson(reply, { version: ollamaVersion }),
  );
  scope.get(
    '/api/status',
    {
      config: { access: 'signed-in' },
      schema: ollamaSchema({
        summary: 'Whether models run elsewhere: they never do',
        reply: z.object({ cloud: z.object({ disabled: z.boolean(), source: z.string() }) }),
      }),
    },
    async (_request, reply) => sendJson(reply, { cloud: { disabled: true, source: 'config' } }),
  );
}
