import { z } from 'zod';
import { modelField, optional } from '../dialects/fields.ts';
import { refuse } from '../dialects/refusal.ts';
import { sendJson } from '../dialects/send-json.ts';
import { signalOf } from '../http/in-flight.ts';
import type { App } from '../http/route.ts';
import { textInput, textsOf } from './completions/completions-request.ts';
import { type OpenAiParts } from './chat/parts.ts';
import { openAiSchema } from './route-schema.ts';

const mostInputs = 2048;

const embeddingRequestSchema = z.looseObject({
  model: modelField,
  input: textInput,
  encoding_format: optional(z.string().describe('`float` or `base64`: of 32-bit floats, little-endian.')),
  dimensions: optional(z.int().min(1)),
});
const usageSchema = z.object({ prompt_tokens: z.int(), total_tokens: z.int() });
const embeddingReplySchema = z.object({
  object: z.literal('list'),
  data: z.array(
    z.object({
      object: z.literal('embedding'),
      index: z.int(),
      embedding: z.union([z.array(z.number()), z.string()]),
    }),
  ),
  model: z.string(),
  usage: usageSchema,
});

/** `POST /v1/embeddings`. */
export function embeddingRoutes(scope: App, { completions }: OpenAiParts): void {
  scope.post(
    '/embeddings',
    {
      config: { access: { scope: 'ask' }, idempotency: false },
      schema: {
        body: embeddingRequestSchema,
        ...openAiSchema({ summary: 'Vectors of texts', reply: embeddingReplySchema }),
      },
    },
    async (request, reply) => {
      const { model, input, dimensions } = request.body;
      const encode = encoderOf(request.body.encoding_format ?? 'float');
      if (Array.isArray(input) && input.length > mostInputs && typeof input[0] !== 'number') {
        throw refuse('input', `Invalid value for 'input': at most ${mostInputs} texts are taken in one call.`);
      }
      const context = { principal: request.principal, signal: signalOf(request) };
      const detokenize = (tokens: readonly number[]) => completions.detokenize({ model, tokens }, context);
      const texts = await textsOf(input, { field: 'input', detokenize });
      if (texts.includes('')) throw refuse('input', "Invalid value for 'input': a text must not be empty.");
      const { vectors, promptTokens } = await completions.embed(
        { model, texts, dimensions: dimensions ?? undefined },
        context,
      );
      return sendJson(reply, {
        object: 'list',
        data: vectors.map((vector, index) => ({ object: 'embedding', index, embedding: encode(vector) })),
        model,
        usage: { prompt_tokens: promptTokens, total_tokens: promptTokens },
      });
    },
  );
}

function encoderOf(format: string): (vector: Float32Array) => number[] | string {
  if (format === 'float') return (vector) => [...vector];
  if (format === 'base64') return toBase64;
  throw refuse(
    'encoding_format',
    `Invalid value for 'encoding_format' = ${format}. Supported values: ['float', 'base64'].`,
  );
}

/** 32-bit floats, little-endian, whatever the machine is. */
function toBase64(vector: Float32Array): string {
  const bytes = Buffer.alloc(vector.length * Float32Array.BYTES_PER_ELEMENT);
  for (const [index, value] of vector.entries()) bytes.writeFloatLE(value, index * Float32Array.BYTES_PER_ELEMENT);
  return bytes.toString('base64');
}
