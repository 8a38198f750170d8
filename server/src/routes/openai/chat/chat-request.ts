import { z } from 'zod';
import type { CompletionRequest } from '../../../core/completions/completions.ts';
import { modelField, optional, usualSampling } from '../../dialects/fields.ts';
import { refuse } from '../../dialects/refusal.ts';
import { assertCallable } from '../../dialects/tool-calls.ts';
import {
  countField,
  effortField,
  grammarOf,
  runOptionsOf,
  samplingFields,
  samplingOf,
  thinkOf,
  tokensField,
} from '../fields.ts';
import { messageSchema, toChatMessages } from './messages.ts';
import { responseFormatField, toFormat, toolChoiceField, toolsField, toTool, toToolChoice } from './tools.ts';

const mostLogprobs = 20;

export const streamFields = {
  stream: optional(z.boolean()),
  stream_options: optional(z.looseObject({ include_usage: optional(z.boolean()) })),
};

export const chatRequestSchema = z.looseObject({
  model: modelField,
  messages: z.array(messageSchema),
  ...samplingFields,
  ...streamFields,
  max_tokens: tokensField,
  max_completion_tokens: tokensField,
  n: countField,
  tools: toolsField,
  tool_choice: toolChoiceField,
  parallel_tool_calls: optional(z.boolean()),
  response_format: responseFormatField,
  logprobs: optional(z.boolean()),
  top_logprobs: optional(z.int().min(0).max(mostLogprobs)),
  reasoning_effort: effortField,
  reasoning: optional(z.looseObject({ effort: effortField })),
});
export type ChatRequest = z.output<typeof chatRequestSchema>;

/** One completion for each of the `n` choices. */
export function toCompletionRequests(body: ChatRequest): CompletionRequest[] {
  if (body.messages.length === 0) throw refuse('messages', "[] is too short - 'messages'");
  const tools = (body.tools ?? []).map((tool) => toTool(tool.function));
  const toolChoice = toToolChoice(body.tool_choice);
  assertCallable(tools, toolChoice);
  const request: CompletionRequest = {
    model: body.model,
    prompt: {
      type: 'chat',
      messages: toChatMessages(body.messages),
      tools,
      toolChoice,
      think: thinkOf(body.reasoning_effort ?? body.reasoning?.effort),
    },
    sampling: samplingOf(body, body.max_completion_tokens ?? body.max_tokens),
    usual: usualSampling,
    format: toFormat(body.response_format) ?? grammarOf(body),
    topLogprobs: topLogprobsOf(body),
    ...runOptionsOf(body),
  };
  return repeated(request, body.n ?? 1);
}

function topLogprobsOf({ logprobs, top_logprobs: top }: ChatRequest): number | undefined {
  if (logprobs === true) return top ?? 0;
  if (typeof top === 'number' && top > 0) {
    throw refuse('top_logprobs', "Invalid value for 'top_logprobs': it is only allowed when 'logprobs' is true.");
  }
  return undefined;
}

/** The same request, so many times; with a seed, each has its own, so that they do not all say the same. */
export function repeated(request: CompletionRequest, count: number): CompletionRequest[] {
  const { seed } = request.sampling;
  return Array.from({ length: count }, (_value, index) =>
    typeof seed === 'number' && index > 0
      ? { ...request, sampling: { ...request.sampling, seed: (seed + index) >>> 0 } }
      : request,
  );
}
