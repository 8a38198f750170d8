import { z } from 'zod';
import type { UsableModel } from '../../core/completions/usable-models.ts';
import { AppError } from '../../errors/app-error.ts';
import { verbatim } from '../../errors/told.ts';
import { sendJson } from '../dialects/send-json.ts';
import type { App } from '../http/route.ts';
import { type OpenAiParts } from './chat/parts.ts';
import { secondsOf } from './chat/reply-parts.ts';
import { openAiSchema } from './route-schema.ts';

const modelSchema = z.object({
  id: z.string(),
  object: z.literal('model'),
  created: z.int().describe('Seconds since 1970; 0 when it is not known.'),
  owned_by: z.string().describe('`billumy` for a persona, `library` for a model.'),
});
const modelListSchema = z.object({ object: z.literal('list'), data: z.array(modelSchema) });

/** `GET /v1/models` and `/v1/models/{id}`: what the caller may name. */
export function modelRoutes(scope: App, { models }: OpenAiParts): void {
  scope.get(
    '/models',
    {
      config: { access: { scope: 'ask' } },
      schema: openAiSchema({ summary: 'The models and personas that may be named', reply: modelListSchema }),
    },
    async ({ principal }, reply) => {
      const usable = await models.list(principal);
      return sendJson(reply, { object: 'list', data: usable.map(toModelBody) });
    },
  );
  scope.get(
    '/models/:id',
    {
      config: { access: { scope: 'ask' } },
      schema: {
        params: z.strictObject({ id: z.string().min(1) }),
        ...openAiSchema({
          summary: 'One model or persona',
          reply: modelSchema,
        }),
      },
    },
    async ({ principal, params: { id } }, reply) => {
      const model = await models.find(id, principal);
      if (model === undefined)
        throw new AppError('model_unknown', { detail: verbatim(`The model '${id}' does not exist.`) });
      return sendJson(reply, toModelBody(model));
    },
  );
}

function toModelBody({ name, createdAt, isPersona }: UsableModel): z.infer<typeof modelSchema> {
  return {
    id: name,
    object: 'model',
    created: createdAt === null ? 0 : secondsOf(createdAt),
    owned_by: isPersona ? 'billumy' : 'library',
  };
}
