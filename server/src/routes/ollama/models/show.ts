import { z } from 'zod';
import type { ModelLibrary } from '../../../core/model-library/model-library.ts';
import { parseModelName, shortModelName } from '../../../models/model-name.ts';
import type { App } from '../../http/route.ts';
import { goBody, goBool, goMap, goString } from '../go/types.ts';
import { inContext, ollamaError } from '../ollama-error.ts';
import { ollamaSchema } from '../ollama-schema.ts';
import { readBody } from '../read-body.ts';
import { sendJson } from '../../dialects/send-json.ts';
import { showBody } from './show-body.ts';

const showRequest = goBody('ShowRequest', {
  model: goString,
  name: goString,
  system: goString,
  verbose: goBool,
  options: goMap,
});

const schema = ollamaSchema({
  summary: 'Everything about a model or persona, as Ollama shows it',
  body: showRequest,
  reply: z.looseObject({ details: z.looseObject({}), model_info: z.looseObject({}) }),
});

/** `POST /api/show` */
export function showRoute(library: ModelLibrary): (scope: App) => void {
  return (scope) => {
    scope.post(
      '/api/show',
      { config: { access: { scope: 'ask' }, idempotency: false }, schema },
      async (request, reply) => {
        const { model = '', name = '', system = '', verbose = false } = readBody(request, showRequest);
        const asked = model === '' ? name : model;
        if (asked === '') throw ollamaError(400, 'model is required');
        const parsed = parseModelName(asked);
        const written = parsed === undefined ? asked : shortModelName(parsed);
        if (parsed === undefined && !asked.startsWith('hf:')) throw ollamaError(400, 'invalid model name');
        return inContext({ model: written }, async () => {
          const shown = await library.show(asked, { principal: request.principal, verbose });
          return sendJson(reply, showBody(shown, { system }));
        });
      },
    );
  };
}
