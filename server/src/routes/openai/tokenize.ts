import { z } from 'zod';
import { modelField, optional } from '../dialects/fields.ts';
import { refuse } from '../dialects/refusal.ts';
import { sendJson } from '../dialects/send-json.ts';
import { signalOf } from '../http/in-flight.ts';
import type { App } from '../http/route.ts';
import { type OpenAiParts } from './chat/parts.ts';
import { openAiSchema } from './route-schema.ts';

const tokenizeRequestSchema = z.looseObject({
  model: modelField,
  text: optional(z.string()),
  content: optional(z.string().describe('Instead of `text`.')),
});
const tokenizeReplySchema = z.object({ tokens: z.array(z.int()), count: z.int() });
const detokenizeRequestSchema = z.looseObject({ model: modelField, tokens: z.array(z.int().min(0)) });
const detokenizeReplySchema = z.object({ text: z.string(), count: z.int() });

/** `POST /v1/tokenize` and `/v1/detokenize`: what a text is to a model. */
export function tokenizeRoutes(scope: App, { completions }: OpenAiParts): void {
  scope.post(
    '/tokenize',
    {
      config: { access: { scope: 'ask' }, idempotency: false },
      schema: {
        body: tokenizeRequestSchema,
        ...openAiSchema({
          summary: 'The tokens of a text, in which nothing is a special token',
          reply: tokenizeReplySchema,
        }),
      },
    },
    async (request, reply) => {
      const { model, text, content } = request.body;
      const given = text ?? content;
      if (typeof given !== 'string') throw refuse('text', "Missing required parameter: 'text'.");
      const context = { principal: request.principal, signal: signalOf(request) };
      const tokens = await completions.tokenize({ model, text: given }, context);
      return sendJson(reply, { tokens, count: tokens.length });
    },
  );
  scope.post(
    '/detokenize',
    {
      config: { access: { scope: 'ask' }, idempotency: false },
      schema: {
        body: detokenizeRequestSchema,
        ...openAiSchema({
          summary: 'The text of tokens',
          reply: detokenizeReplySchema,
        }),
      },
    },
    async (request, reply) => {
      const { model, tokens } = request.body;
      const context = { principal: request.principal, signal: signalOf(request) };
      const text = await completions.detokenize({ model, tokens }, context);
      return sendJson(reply, { text, count: tokens.length });
    },
  );
}
