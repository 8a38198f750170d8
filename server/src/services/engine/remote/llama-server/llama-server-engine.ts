import { isAppError } from '../../../../errors/app-error.ts';
import { told } from '../../../../errors/told.ts';
import type {
  ChatPrompt,
  GeneratePart,
  GenerateRequest,
  InfillPrompt,
  Prompt,
  TextPrompt,
} from '../../../../ports/engine.ts';
import { formatGrammar } from '../wire/format-grammar.ts';
import type { EngineHttp } from '../wire/http.ts';
import { decodeChatEvents } from '../openai/chat-stream.ts';
import { embedOpenAi } from '../openai/openai-engine.ts';
import { readRelevances, rerankReply } from '../openai/rerank-reply.ts';
import type { RemoteModel, RemoteServer } from '../remote-server.ts';
import { incapable } from '../wire/trouble.ts';
import { createLlamaChat } from './llama-chat.ts';
import { listLlamaModel } from './llama-models.ts';
import { createLlamaPrompts } from './llama-prompt.ts';
import { encodeSampling } from './llama-sampling.ts';
import { decodeLlama } from './llama-stream.ts';
import { createLlamaTokens } from './llama-tokens.ts';

/** Speaks the API of llama.cpp's own server, which runs one model. */
export function createLlamaServerEngine(http: EngineHttp): RemoteServer {
  const tokens = createLlamaTokens(http);
  const prompts = createLlamaPrompts(http, tokens);
  const encodeChat = createLlamaChat(tokens);
  let model: RemoteModel | undefined;

  async function* generateText(
    { prompt, request }: { prompt: ChatPrompt | TextPrompt; request: GenerateRequest },
    signal: AbortSignal,
  ): AsyncGenerator<GeneratePart> {
    const { sampling, overflow = { type: 'reject' }, topLogprobs } = request;
    const loaded = model?.contextTokens ?? Infinity;
    const contextTokens = Math.min(request.contextTokens ?? loaded, loaded);
    const mustCount = overflow.type !== 'reject' || contextTokens < loaded || request.returnTokens === true;
    const encoded = mustCount
      ? await prompts.fitted(prompt, { contextTokens, overflow, signal })
      : await prompts.of(prompt, signal);
    const promptTokens = mustCount ? await prompts.tokensOf(encoded, signal) : undefined;
    // A server that was told to shift its context goes on when it is full.
    const room = overflow.type === 'cut-middle' ? Infinity : contextTokens - (promptTokens?.length ?? 0);
    const maxTokens = Math.min(sampling.maxTokens, room);
    const body = {
      ...encodeSampling(request),
      ...limits(maxTokens, topLogprobs),
      ...formatOf(request),
      ...(overflow.type === 'cut-middle' ? { n_keep: overflow.keep } : {}),
      prompt: encoded,
    };
    yield* decodeLlama(http.stream('/completion', { body, signal }), {
      request,
      label: http.label,
      promptTokens: request.returnTokens === true ? promptTokens : undefined,
    });
  }

  async function* generateGap(
    { prompt, request }: { prompt: InfillPrompt; request: GenerateRequest },
    signal: AbortSignal,
  ): AsyncGenerator<GeneratePart> {
    const body = {
      ...encodeSampling(request),
      ...limits(request.sampling.maxTokens, request.topLogprobs),
      ...formatOf(request),
      input_prefix: prompt.before,
      input_suffix: prompt.after,
    };
    try {
      const lines = http.stream('/infill', { body, signal });
      yield* decodeLlama(lines, { request, label: http.label, promptTokens: undefined });
    } catch (error) {
      throw isAppError(error, 'model_incapable') ? noInsert() : error;
    }
  }

  async function* generateChat(request: GenerateRequest, signal: AbortSignal): AsyncGenerator<GeneratePart> {
    const body = await encodeChat(request, signal);
    yield* decodeChatEvents(http.stream('/v1/chat/completions', { body, signal }), { request, label: http.label });
  }

  async function countTokens(text: string | Prompt, signal: AbortSignal): Promise<number> {
    return (await tokensOf(text, signal)).length;
  }

  async function tokensOf(text: string | Prompt, signal: AbortSignal): Promise<number[]> {
    if (typeof text === 'string') return tokens.of(text, { special: false, signal });
    if (text.type === 'infill') return tokens.of(text.before + text.after, { special: false, begins: true, signal });
    return prompts.tokensOf(await prompts.of(text, signal), signal);
  }

  return {
    kind: 'llama-server',
    tokenizes: true,
    ignores: [],
    pulls: false,
    async models(signal) {
      model = await listLlamaModel(http, signal);
      return [model];
    },
    generate(request, signal) {
      if (request.adapter !== undefined)
        throw incapable('adapter', told`A llama-server takes its adapters when it starts.`);
      const { prompt } = request;
      if (asksForTools(prompt) && model?.capabilities.includes('tools') === false) {
        // The server would leave them out without a word.
        throw incapable('tools', told`This model does not support tools: its template does not know them.`);
      }
      if (prompt.type === 'infill') return generateGap({ prompt, request }, signal);
      return usesChatRoute(prompt, model) ? generateChat(request, signal) : generateText({ prompt, request }, signal);
    },
    embed: (request, signal) => embedOpenAi(http, request, signal),
    async rerank({ model: name, query, texts }, signal) {
      const body = { model: name, query, documents: texts };
      const reply = await http.post('/v1/rerank', { body, reply: rerankReply, signal });
      return readRelevances(reply, texts.length, { isLogit: true });
    },
    async countTokens({ texts }, signal) {
      const counts: number[] = [];
      for (let start = 0; start < texts.length; start += atOnce) {
        const some = texts.slice(start, start + atOnce);
        counts.push(...(await Promise.all(some.map((text) => countTokens(text, signal)))));
      }
      return counts;
    },
    async tokenize({ text }, signal) {
      if (typeof text !== 'string' && (text.type === 'infill' || usesChatRoute(text, model))) {
        throw incapable('tokenize', told`A llama-server does not show the tokens of such a prompt.`);
      }
      return tokensOf(text, signal);
    },
    detokenize: ({ tokens: given }, signal) => tokens.text(given, signal),
    load: async () => undefined,
    pull: () => Promise.reject(incapable('pull', told`A llama-server runs the model that it was started with.`)),
    remove: () => Promise.reject(incapable('pull', told`A llama-server runs the model that it was started with.`)),
  };
}

const noInsert = (): Error =>
  incapable('insert', told`This model does not support insert: it was not trained to fill gaps.`);

/** Requests for counts that run together. */
const atOnce = 8;

/** The server reads tool calls and thoughts out of what the model writes; else the prompt is made here, token by token. */
function usesChatRoute(prompt: Prompt, model: RemoteModel | undefined): boolean {
  if (prompt.type !== 'chat') return false;
  return asksForTools(prompt) || hasImages(prompt) || model?.capabilities.includes('thinking') === true;
}

function asksForTools(prompt: Prompt): boolean {
  return prompt.type === 'chat' && (prompt.tools?.length ?? 0) > 0 && prompt.toolChoice !== 'none';
}

function hasImages(prompt: ChatPrompt): boolean {
  return prompt.messages.some(({ images }) => images !== undefined && images.length > 0);
}

function limits(maxTokens: number, topLogprobs: number | undefined): Record<string, unknown> {
  return {
    n_predict: Number.isFinite(maxTokens) ? maxTokens : -1,
    ...(topLogprobs === undefined ? {} : { n_probs: Math.max(1, topLogprobs) }),
  };
}

function formatOf({ format }: GenerateRequest): Record<string, unknown> {
  return format === undefined ? {} : { grammar: formatGrammar(format) };
}
