import { z } from 'zod';
import { AppError, isAppError } from '../../../../errors/app-error.ts';
import { told } from '../../../../errors/told.ts';
import type { Prompt } from '../../../../ports/engine.ts';
import type { EngineHttp } from '../wire/http.ts';
import { estimateTokens } from '../wire/estimate-tokens.ts';
import { parseReply } from '../wire/http.ts';
import type { PullOptions, RemoteServer } from '../remote-server.ts';
import { incapable, malformed } from '../wire/trouble.ts';
import { unitVectors } from '../wire/unit-vectors.ts';
import { createOllamaModels } from './ollama-models.ts';
import { encodeOllama, keepAlive } from './ollama-request.ts';
import { decodeOllama } from './ollama-stream.ts';

const embedReply = z.object({ embeddings: z.array(z.array(z.number())) });
const pullReply = z.object({
  error: z.unknown().optional(),
  status: z.string().nullish(),
  digest: z.string().nullish(),
  total: z.number().nonnegative().nullish(),
  completed: z.number().nonnegative().nullish(),
});

/** Speaks the API of Ollama, 0.5 or newer. */
export function createOllamaEngine(http: EngineHttp): RemoteServer {
  const listModels = createOllamaModels(http);
  const contexts = new Map<string, number | null>();

  return {
    kind: 'ollama',
    tokenizes: false,
    ignores: [],
    pulls: true,
    async models(signal) {
      const models = await listModels(signal);
      for (const { id, contextTokens } of models) contexts.set(id, contextTokens);
      return models;
    },
    async *generate(request, signal) {
      const { path, body } = encodeOllama(request, contexts.get(request.model) ?? null);
      try {
        yield* decodeOllama(http.stream(path, { body, signal }), { request, label: http.label });
      } catch (error) {
        throw isAppError(error, 'model_incapable') ? named(error, request.prompt) : error;
      }
    },
    async embed({ model, texts }, signal) {
      const body = { model, input: texts, truncate: false };
      const { embeddings } = await http.post('/api/embed', { body, reply: embedReply, signal });
      return unitVectors(embeddings, texts.length);
    },
    rerank: () => Promise.reject(incapable('rerank', told`An Ollama engine does not rank texts.`)),
    countTokens: async ({ texts }) => texts.map(estimateTokens),
    tokenize: () => Promise.reject(incapable('tokenize', told`An Ollama engine does not show tokens.`)),
    detokenize: () => Promise.reject(incapable('tokenize', told`An Ollama engine does not show tokens.`)),
    async load({ model, keepAliveMs }, signal) {
      const contextTokens = contexts.get(model) ?? null;
      const options = contextTokens === null ? {} : { options: { num_ctx: contextTokens } };
      const body = { model, stream: false, ...options, ...keepAlive(keepAliveMs) };
      await http.post('/api/generate', { body, reply: z.unknown(), signal });
    },
    pull: (model, options) => pull(http, model, options),
    async remove(model, signal) {
      await http.delete('/api/delete', { body: { model }, signal });
    },
  };
}

/** Says what it is that the model cannot do: Ollama tells it in words only, and refuses one thing at a time. */
function named(error: AppError, prompt: Prompt): AppError {
  if (error.capability !== undefined) return error;
  const isChat = prompt.type === 'chat';
  const hasTools = isChat && (prompt.tools?.length ?? 0) > 0;
  const capability =
    prompt.type === 'infill' ? 'insert' : hasTools ? 'tools' : isChat && prompt.think ? 'thinking' : 'completion';
  const detail = told`This model does not support ${capability} on its engine.`;
  return new AppError('model_incapable', { capability, detail, cause: error });
}

async function pull(http: EngineHttp, model: string, { signal, progress }: PullOptions): Promise<void> {
  const layers = new Map<string, { done: number; total: number }>();
  for await (const lines of http.stream('/api/pull', { body: { model, stream: true }, signal })) {
    for (const line of lines.filter((one) => one.trim() !== '')) {
      const reply = parseReply(line, pullReply);
      if (reply.error !== undefined) {
        const detail = told`The engine could not bring the model ${model}: check its name and the engine's log.`;
        throw new AppError('download_failed', { detail, cause: new Error(line.slice(0, 500)) });
      }
      if (reply.status === 'success') return;
      if (typeof reply.digest !== 'string' || typeof reply.total !== 'number') continue;
      layers.set(reply.digest, { done: Math.min(reply.completed ?? 0, reply.total), total: reply.total });
      const all = [...layers.values()];
      progress(
        all.reduce((sum, { done }) => sum + done, 0),
        all.reduce((sum, { total }) => sum + total, 0),
      );
    }
  }
  throw malformed(new Error('the pull ended without success'));
}
