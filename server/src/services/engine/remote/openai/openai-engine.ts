import { z } from 'zod';
import { isAppError } from '../../../../errors/app-error.ts';
import { told } from '../../../../errors/told.ts';
import type { GenerateRequest } from '../../../../ports/engine.ts';
import { firstFitting, shorterChats } from '../../shorter-chats.ts';
import { estimateTokens } from '../wire/estimate-tokens.ts';
import type { EngineHttp } from '../wire/http.ts';
import { type RemoteModel, type RemoteServer, unknownDetails } from '../remote-server.ts';
import { incapable, malformed } from '../wire/trouble.ts';
import { unitVectors } from '../wire/unit-vectors.ts';
import { decodeChatEvents } from './chat-stream.ts';
import { type OpenAiCall, encodeOpenAi } from './openai-request.ts';
import { readRelevances, rerankReply } from './rerank-reply.ts';

const modelsReply = z.object({
  data: z
    .array(
      z.object({ id: z.string().min(1).max(500), max_model_len: z.number().int().positive().nullish().catch(null) }),
    )
    .max(10_000),
});
const embeddingsReply = z.object({
  data: z.array(z.object({ index: z.number().int().min(0), embedding: z.array(z.number()) })),
});

const alwaysIgnored = ['typicalP', 'repeatLastN'] as const;
const extensionOptions = ['topK', 'minP', 'repeatPenalty'] as const;

/** Such servers batch by themselves and do not say how much. */
const usualSlots = 16;

/** Speaks the API of OpenAI: vLLM, TGI, LM Studio, LiteLLM and the services that offer it. */
export function createOpenAiEngine(http: EngineHttp): RemoteServer {
  /** Whether the server takes what OpenAI does not have; learnt from its first refusal. */
  let takesExtensions = true;
  let contexts: ReadonlyMap<string, number> = new Map();

  async function* lines({ path, body, extensions }: OpenAiCall, signal: AbortSignal): AsyncGenerator<string[]> {
    if (takesExtensions) {
      try {
        yield* http.stream(path, { body: { ...body, ...extensions }, signal });
        return;
      } catch (error) {
        if (!isAppError(error, 'model_incapable')) throw error;
      }
    }
    for await (const some of http.stream(path, { body, signal })) {
      takesExtensions = false;
      yield some;
    }
  }

  return {
    kind: 'openai',
    tokenizes: false,
    get ignores() {
      return takesExtensions ? alwaysIgnored : [...alwaysIgnored, ...extensionOptions];
    },
    pulls: false,
    async models(signal) {
      const { data } = await http.get('/v1/models', { reply: modelsReply, signal });
      contexts = new Map(data.flatMap(({ id, max_model_len: most }) => (most ? [[id, most]] : [])));
      return data.map(({ id, max_model_len: contextTokens }): RemoteModel => {
        return { ...unknownDetails(id), slots: usualSlots, contextTokens: contextTokens ?? null };
      });
    },
    generate(given, signal) {
      const request = fitted(given, contexts.get(given.model));
      return decodeChatEvents(lines(encodeOpenAi(request), signal), { request, label: http.label });
    },
    embed: (request, signal) => embedOpenAi(http, request, signal),
    async rerank({ model, query, texts }, signal) {
      const body = { model, query, documents: texts, top_n: texts.length };
      return readRelevances(await http.post('/v1/rerank', { body, reply: rerankReply, signal }), texts.length);
    },
    countTokens: async ({ texts }) => texts.map(estimateTokens),
    tokenize: () => Promise.reject(incapable('tokenize', told`An OpenAI-compatible engine does not show tokens.`)),
    detokenize: () => Promise.reject(incapable('tokenize', told`An OpenAI-compatible engine does not show tokens.`)),
    load: async () => undefined,
    pull: () => Promise.reject(incapable('pull', told`An OpenAI-compatible engine cannot be told to bring a model.`)),
    remove: () =>
      Promise.reject(incapable('pull', told`An OpenAI-compatible engine cannot be told to remove a model.`)),
  };
}

/** Without its oldest messages where those may go, and the server says how much it takes; by an estimate that is rather high. */
function fitted(request: GenerateRequest, loadedTokens: number | undefined): GenerateRequest {
  const { prompt, overflow, contextTokens = loadedTokens } = request;
  if (contextTokens === undefined || overflow?.type !== 'drop-messages' || prompt.type !== 'chat') return request;
  if (estimateTokens(prompt) < contextTokens) return request;
  const shorter = firstFitting(shorterChats(prompt), (candidate) => estimateTokens(candidate()) < contextTokens);
  return shorter === undefined ? request : { ...request, prompt: shorter() };
}

export async function embedOpenAi(
  http: EngineHttp,
  { model, texts }: { model: string; texts: readonly string[] },
  signal: AbortSignal,
): Promise<Float32Array[]> {
  const body = { model, input: texts, encoding_format: 'float' };
  const { data } = await http.post('/v1/embeddings', { body, reply: embeddingsReply, signal });
  const ordered = texts.map((_, index) => data.find((one) => one.index === index)?.embedding);
  if (data.length !== texts.length) throw malformed(new Error('another number of vectors'));
  return unitVectors(
    ordered.map((vector) => vector ?? []),
    texts.length,
  );
}
