import { z } from 'zod';
import type { App } from '../http/route.ts';
import { ollamaSchema } from './ollama-schema.ts';
import { sendJson } from './send.ts';

/** The version of Ollama whose behaviour this is: clients decide by it what they may ask for. */
const ollamaVersion = '0.33.0';

/** `/api/version` and `/api/status`: what clients ask, after `/`, before they ask for anything. */
export function heartbeatRoutes(scope: App): void {
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
