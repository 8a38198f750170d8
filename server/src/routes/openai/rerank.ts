import { z } from 'zod';
import { optional } from '../dialects/fields.ts';
import { sendJson } from '../dialects/send-json.ts';
import { signalOf } from '../http/in-flight.ts';
import type { App } from '../http/route.ts';
import { newReplyId, type OpenAiParts } from './chat/parts.ts';
import { openAiSchema } from './route-schema.ts';

const mostDocuments = 2048;

const rerankRequestSchema = z.looseObject({
  model: optional(z.string().min(1).describe('The configured reranker by default.')),
  query: z.string().min(1),
  documents: z
    .array(z.union([z.string(), z.looseObject({ text: z.string() })], { error: 'must be a string or {"text": …}' }))
    .min(1)
    .max(mostDocuments),
  top_n: optional(z.int().min(1)),
  return_documents: optional(z.boolean()),
});
const rerankReplySchema = z.object({
  id: z.string(),
  object: z.literal('list'),
  model: z.string(),
  results: z
    .array(
      z.object({
        index: z.int().describe('Of the document, as it was sent.'),
        relevance_score: z.number(),
        document: z.object({ text: z.string() }).optional(),
      }),
    )
    .describe('Most relevant first.'),
  usage: z.object({ prompt_tokens: z.int(), total_tokens: z.int() }),
});

/** `POST /v1/rerank`, in the shape of Jina and Cohere. */
export function rerankRoutes(scope: App, { completions }: OpenAiParts): void {
  scope.post(
    '/rerank',
    {
      config: { access: { scope: 'ask' }, idempotency: false },
      schema: {
        body: rerankRequestSchema,
        ...openAiSchema({
          summary: 'How relevant documents are to a query',
          reply: rerankReplySchema,
        }),
      },
    },
    async (request, reply) => {
      const { model, query, documents, top_n: wanted, return_documents: withText } = request.body;
      const texts = documents.map((document) => (typeof document === 'string' ? document : document.text));
      const context = { principal: request.principal, signal: signalOf(request) };
      const relevances = await completions.rerank({ model: model ?? undefined, query, texts }, context);
      const results = relevances.scores
        .map((score, index) => ({
          index,
          relevance_score: score,
          ...(withText === true ? { document: { text: texts[index] } } : {}),
        }))
        .toSorted((one, other) => other.relevance_score - one.relevance_score)
        .slice(0, wanted ?? texts.length);
      const { promptTokens } = relevances;
      const usage = { prompt_tokens: promptTokens, total_tokens: promptTokens };
      return sendJson(reply, { id: newReplyId('rerank'), object: 'list', model: relevances.model, results, usage });
    },
  );
}
