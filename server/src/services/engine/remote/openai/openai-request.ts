import type { OutputFormat, SamplingOptions, Thinking } from '../../../../models/language-model.ts';
import type { ChatPrompt, GenerateRequest, TextPrompt } from '../../../../ports/engine.ts';
import { formatGrammar } from '../wire/format-grammar.ts';
import { incapable } from '../wire/trouble.ts';
import { encodeMessages, encodeToolChoice, encodeTools } from './chat-messages.ts';
import { told } from '../../../../errors/told.ts';

export interface OpenAiCall {
  path: '/v1/chat/completions' | '/v1/completions';
  body: Record<string, unknown>;
  /** What vLLM and others take beyond OpenAI, which refuses it. */
  extensions: Record<string, unknown>;
}

/** What an OpenAI-compatible server is asked, as far as OpenAI's own API can say it. */
export function encodeOpenAi(request: GenerateRequest): OpenAiCall {
  const { prompt, sampling, format } = request;
  if (request.adapter !== undefined)
    throw incapable('adapter', told`An OpenAI-compatible engine takes no adapter per call.`);
  if (format?.type === 'grammar') throw incapable('grammar', told`An OpenAI-compatible engine takes no grammar.`);
  const common = {
    model: request.model,
    stream: true,
    stream_options: { include_usage: true },
    ...samplingFields(request),
  };
  const extensions = samplingExtensions(sampling);
  if (prompt.type === 'infill') throw incapable('insert', told`An OpenAI-compatible engine does not fill gaps.`);
  if (prompt.type === 'text') {
    if (format !== undefined)
      throw incapable('format', told`An OpenAI-compatible engine takes no format for raw text.`);
    return { path: '/v1/completions', body: { ...common, prompt: rawPrompt(prompt) }, extensions };
  }
  const thinking = thinkingExtensions(prompt.think ?? null);
  const body = { ...common, ...chatFields(prompt), ...responseFormat(format), ...chatLogprobs(request.topLogprobs) };
  return { path: '/v1/chat/completions', body, extensions: { ...extensions, ...thinking } };
}

function samplingFields({ sampling, contextTokens }: GenerateRequest): Record<string, unknown> {
  const bias = sampling.logitBias;
  const maxTokens = Math.min(sampling.maxTokens, contextTokens ?? Infinity);
  return {
    temperature: sampling.temperature,
    top_p: sampling.topP,
    presence_penalty: sampling.presencePenalty,
    frequency_penalty: sampling.frequencyPenalty,
    ...(Number.isFinite(maxTokens) ? { max_tokens: maxTokens } : {}),
    ...(sampling.seed === null ? {} : { seed: sampling.seed }),
    ...(sampling.stop.length === 0 ? {} : { stop: sampling.stop }),
    ...(Object.keys(bias).length === 0 ? {} : { logit_bias: bias }),
  };
}

/** Said although they may be off: a server's defaults come from the model's files. */
function samplingExtensions(sampling: SamplingOptions): Record<string, unknown> {
  return {
    top_k: sampling.topK === 0 ? -1 : sampling.topK,
    min_p: sampling.minP,
    repetition_penalty: sampling.repeatPenalty,
  };
}

function thinkingExtensions(think: Thinking | null): Record<string, unknown> {
  if (think === null) return {};
  const kwargs = { chat_template_kwargs: { enable_thinking: think !== false } };
  return typeof think === 'string' ? { ...kwargs, reasoning_effort: think === 'max' ? 'high' : think } : kwargs;
}

function chatFields({ messages, before, tools, toolChoice }: ChatPrompt): Record<string, unknown> {
  if (before !== undefined)
    throw incapable('context', told`An OpenAI-compatible engine continues messages, not tokens.`);
  const offered = encodeTools(tools);
  return {
    messages: encodeMessages(messages),
    ...offered,
    ...(offered.tools === undefined ? {} : encodeToolChoice(toolChoice)),
  };
}

function responseFormat(format: OutputFormat | undefined): { response_format?: unknown } {
  if (format?.type === 'json') return { response_format: { type: 'json_object' } };
  if (format?.type !== 'json-schema') return {};
  formatGrammar(format);
  return {
    response_format: { type: 'json_schema', json_schema: { name: 'answer', schema: format.schema, strict: true } },
  };
}

export function chatLogprobs(topLogprobs: number | undefined): Record<string, unknown> {
  return topLogprobs === undefined ? {} : { logprobs: true, top_logprobs: topLogprobs };
}

/** Text alone or tokens alone: a mixture has no form there. */
function rawPrompt({ pieces }: TextPrompt): string | number[] {
  const tokens = pieces.flatMap((piece) => ('tokens' in piece ? piece.tokens : []));
  const texts = pieces.flatMap((piece) => ('text' in piece ? [piece.text] : []));
  if (tokens.length === 0) return texts.join('');
  if (texts.length === 0) return tokens;
  throw incapable('context', told`An OpenAI-compatible engine takes text or tokens, not both.`);
}
