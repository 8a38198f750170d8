import { z } from 'zod';
import type { Completions, EmbeddingRequest } from '../../core/completions/completions.ts';
import { signalOf } from '../http/in-flight.ts';
import type { App } from '../http/route.ts';
import { keepAliveType } from './field-types.ts';
import { goBody, goBool, goInt, goMap, goRaw, goString } from './go/types.ts';
import { inContext, ollamaError } from './ollama-error.ts';
import { ollamaSchema } from './ollama-schema.ts';
import { readOptions } from './options.ts';
import { readBody } from './read-body.ts';
import { nanoseconds } from './reply-fields.ts';
import { sendJson } from './send.ts';

const embedRequest = goBody('EmbedRequest', {
  model: goString,
  input: goRaw,
  keep_alive: keepAliveType,
  truncate: goBool,
  dimensions: goInt,
  options: goMap,
});

const schema = ollamaSchema({
  summary: 'Vectors of texts, as Ollama gives them',
  body: embedRequest,
  reply: z.looseObject({ model: z.string(), embeddings: z.array(z.array(z.number())) }),
});

const embeddingRequest = goBody('EmbeddingRequest', {
  model: goString,
  prompt: goString,
  keep_alive: keepAliveType,
  options: goMap,
});

const oldSchema = ollamaSchema({
  summary: 'The vector of one text, in the older way',
  body: embeddingRequest,
  reply: z.object({ embedding: z.array(z.number()) }),
});

const config = { access: { scope: 'ask' }, idempotency: false } as const;

/** `POST /api/embed`, and `POST /api/embeddings`, which came before it. */
export function embedRoutes(completions: Pick<Completions, 'embed'>): (scope: App) => void {
  return (scope) => {
    scope.post('/api/embed', { config, schema }, async (request, reply) => {
      const body = readBody(request, embedRequest);
      const { model = '', keep_alive: keepAliveMs, truncate = true } = body;
      return inContext({ model, task: 'embed' }, async () => {
        if (model === '') throw ollamaError(404, `model '' not found`);
        readOptions(body.options);
        const startedAt = performance.now();
        const asked = { model, texts: toTexts(body.input), truncate, keepAliveMs, ...dimensionsOf(body) };
        const { vectors, promptTokens } = await completions.embed(asked, callOf(request));
        return sendJson(reply, {
          model,
          embeddings: vectors.map(toNumbers),
          total_duration: nanoseconds(performance.now() - startedAt),
          ...(promptTokens === 0 ? {} : { prompt_eval_count: promptTokens }),
        });
      });
    });
    scope.post('/api/embeddings', { config, schema: oldSchema }, async (request, reply) => {
      const body = readBody(request, embeddingRequest);
      const { model = '', prompt = '', keep_alive: keepAliveMs } = body;
      return inContext({ model, task: 'embed' }, async () => {
        if (model === '') throw ollamaError(400, 'model is required');
        readOptions(body.options);
        const texts = prompt === '' ? [] : [prompt];
        const { vectors } = await completions.embed({ model, texts, keepAliveMs }, callOf(request));
        return sendJson(reply, { embedding: vectors.flatMap(toNumbers) });
      });
    });
  };
}

function callOf(request: Parameters<typeof signalOf>[0]) {
  return { principal: request.principal, signal: signalOf(request) };
}

function toTexts(input: unknown): readonly string[] {
  if (input === undefined || input === '') return [];
  if (typeof input === 'string') return [input];
  if (Array.isArray(input) && input.every((text) => typeof text === 'string')) return input;
  throw ollamaError(400, 'invalid input type');
}

function dimensionsOf({ dimensions = 0 }: { dimensions?: number | undefined }): Pick<EmbeddingRequest, 'dimensions'> {
  return dimensions > 0 ? { dimensions } : {};
}

/** Nine digits tell every 32-bit float apart. */
const significantDigits = 9;

function toNumbers(vector: Float32Array): number[] {
  return Array.from(vector, (value) => {
    if (!Number.isFinite(value)) throw ollamaError(400, 'embedding contains NaN or Inf values');
    return Number(value.toPrecision(significantDigits));
  });
}
