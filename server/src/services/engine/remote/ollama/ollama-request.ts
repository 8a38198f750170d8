import type { ChatMessage, OutputFormat, SamplingOptions, Tool } from '../../../../models/language-model.ts';
import type { ChatPrompt, GenerateRequest, InfillPrompt, TextPrompt } from '../../../../ports/engine.ts';
import { formatGrammar } from '../wire/format-grammar.ts';
import { incapable } from '../wire/trouble.ts';
import { told } from '../../../../errors/told.ts';

export interface OllamaCall {
  path: '/api/chat' | '/api/generate';
  body: Record<string, unknown>;
}

/**
 * What Ollama is asked. Every sampler is said: its defaults are not ours. `contextTokens` is the same for every call of a
 * model, because Ollama loads a model anew when it changes.
 */
export function encodeOllama(request: GenerateRequest, contextTokens: number | null): OllamaCall {
  if (request.adapter !== undefined)
    throw incapable('adapter', told`An Ollama engine takes no adapter per call: create a model with it there.`);
  const { prompt } = request;
  const common = commonFields(request, contextTokens);
  if (prompt.type === 'chat') return { path: '/api/chat', body: { ...common, ...chatFields(prompt) } };
  const fields = prompt.type === 'text' ? { raw: true, prompt: rawText(prompt) } : gapFields(prompt);
  return { path: '/api/generate', body: { ...common, ...fields } };
}

function commonFields(request: GenerateRequest, contextTokens: number | null): Record<string, unknown> {
  const { model, sampling, format, topLogprobs, overflow = { type: 'reject' } } = request;
  const isCut = overflow.type === 'cut-middle';
  const maxTokens = Math.min(sampling.maxTokens, request.contextTokens ?? Infinity);
  return {
    model,
    stream: true,
    options: {
      ...samplingOptions(sampling),
      num_predict: Number.isFinite(maxTokens) ? maxTokens : -1,
      ...(contextTokens === null ? {} : { num_ctx: contextTokens }),
      ...(isCut ? { num_keep: overflow.keep } : {}),
    },
    truncate: overflow.type !== 'reject',
    shift: isCut,
    ...(format === undefined ? {} : { format: encodeFormat(format) }),
    ...(topLogprobs === undefined ? {} : { logprobs: true, top_logprobs: topLogprobs }),
    ...keepAlive(request.keepAliveMs ?? null),
  };
}

function samplingOptions(sampling: SamplingOptions): Record<string, unknown> {
  if (Object.keys(sampling.logitBias).length > 0)
    throw incapable('logit_bias', told`An Ollama engine has no logit bias.`);
  return {
    temperature: sampling.temperature,
    top_k: sampling.topK,
    top_p: sampling.topP,
    min_p: sampling.minP,
    typical_p: sampling.typicalP,
    repeat_penalty: sampling.repeatPenalty,
    repeat_last_n: sampling.repeatLastN,
    presence_penalty: sampling.presencePenalty,
    frequency_penalty: sampling.frequencyPenalty,
    seed: sampling.seed ?? -1,
    stop: sampling.stop,
  };
}

function encodeFormat(format: OutputFormat): unknown {
  formatGrammar(format);
  if (format.type === 'grammar') throw incapable('grammar', told`An Ollama engine takes JSON schemas, but no grammar.`);
  return format.type === 'json' ? 'json' : format.schema;
}

/** Negative is for ever. */
export function keepAlive(keepAliveMs: number | null): { keep_alive?: number | string } {
  if (keepAliveMs === null) return {};
  return { keep_alive: Number.isFinite(keepAliveMs) ? `${keepAliveMs}ms` : -1 };
}

function chatFields({ messages, before, tools = [], toolChoice = 'auto', think = null }: ChatPrompt) {
  if (before !== undefined) throw incapable('context', told`An Ollama engine continues messages, not tokens.`);
  if (toolChoice === 'required' || typeof toolChoice === 'object') {
    throw incapable('tool_choice', told`An Ollama engine lets the model choose whether to call a tool.`);
  }
  return {
    messages: messages.map(encodeMessage),
    ...(tools.length === 0 || toolChoice === 'none' ? {} : { tools: tools.map(encodeTool) }),
    ...(think === null ? {} : { think }),
  };
}

function encodeMessage({ role, text, thinking, toolCalls, toolCallId, toolName, images }: ChatMessage) {
  return {
    role,
    content: text,
    ...(thinking === undefined ? {} : { thinking }),
    ...(images === undefined ? {} : { images }),
    ...(toolName === undefined ? {} : { tool_name: toolName }),
    ...(toolCallId === undefined ? {} : { tool_call_id: toolCallId }),
    ...(toolCalls === undefined
      ? {}
      : {
          tool_calls: toolCalls.map(({ id, name, arguments: values }, index) => ({
            id,
            function: { index, name, arguments: values },
          })),
        }),
  };
}

export function encodeTool({ name, description, parameters }: Tool) {
  return { type: 'function', function: { name, description, parameters } };
}

function gapFields({ before, after }: InfillPrompt) {
  return { prompt: before, suffix: after };
}

function rawText({ pieces }: TextPrompt): string {
  return pieces
    .map((piece) => {
      if ('tokens' in piece) throw incapable('context', told`An Ollama engine takes text, not tokens.`);
      return piece.text;
    })
    .join('');
}
