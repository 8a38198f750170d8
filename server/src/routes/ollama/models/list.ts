import { z } from 'zod';
import type { ModelLibrary } from '../../../core/model-library/model-library.ts';
import type { App } from '../../http/route.ts';
import { ollamaSchema } from '../ollama-schema.ts';
import { sendJson } from '../../dialects/send-json.ts';
import { listedBody, runningBody } from './model-bodies.ts';

const reply = z.object({ models: z.array(z.looseObject({ name: z.string(), model: z.string(), digest: z.string() })) });

/** `GET /api/tags` and `GET /api/ps` */
export function listRoutes(library: ModelLibrary): (scope: App) => void {
  return (scope) => {
    scope.get(
      '/api/tags',
      {
        config: { access: { scope: 'ask' } },
        schema: ollamaSchema({ summary: 'The models and personas here that the key may use', reply }),
      },
      async (request, response) => {
        const models = await library.list(request.principal);
        return sendJson(response, { models: models.map(listedBody) });
      },
    );
    scope.get(
      '/api/ps',
      {
        config: { access: { scope: 'ask' } },
        schema: ollamaSchema({ summary: 'The models that are loaded now', reply }),
      },
      async (request, response) => {
        const running = await library.running(request.principal);
        return sendJson(response, { models: running.map(runningBody) });
      },
    );
  };
}
