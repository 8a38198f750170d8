import { z } from 'zod';
import type { TokenUsage } from '../../../models/language-model.ts';
import { citationsField, secondsOf } from '../chat/reply-parts.ts';
import type { ResponseRequest } from './response-request.ts';

const status = z.enum(['in_progress', 'completed', 'incomplete']);
const textPartSchema = z.object({
  type: z.literal('output_text'),
  text: z.string(),
  annotations: z.array(z.never()),
  logprobs: z.array(z.never()),
});
const summaryPartSchema = z.object({ type: z.literal('summary_text'), text: z.string() });

export const outputItemSchema = z.discriminatedUnion('type', [
  z.object({ id: z.string(), type: z.literal('reasoning'), summary: z.array(summaryPartSchema) }),
  z.object({
    id: z.string(),
    type: z.literal('message'),
    status,
    role: z.literal('assistant'),
    content: z.array(textPartSchema),
    citations: citationsField,
  }),
  z.object({
    id: z.string(),
    type: z.literal('function_call'),
    status,
    call_id: z.string(),
    name: z.string(),
    arguments: z.string(),
  }),
]);
export type OutputItem = z.infer<typeof outputItemSchema>;

const usageSchema = z.object({
  input_tokens: z.int(),
  input_tokens_details: z.object({ cached_tokens: z.int() }),
  output_tokens: z.int(),
  output_tokens_details: z.object({ reasoning_tokens: z.int() }),
  total_tokens: z.int(),
});

export const responseSchema = z.object({
  id: z.string(),
  object: z.literal('response'),
  created_at: z.int(),
  status: z.enum(['in_progress', 'completed', 'incomplete', 'failed']),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  incomplete_details: z.object({ reason: z.literal('max_output_tokens') }).nullable(),
  instructions: z.string().nullable(),
  max_output_tokens: z.int().nullable(),
  model: z.string(),
  output: z.array(outputItemSchema),
  parallel_tool_calls: z.boolean(),
  previous_response_id: z.string().nullable(),
  reasoning: z.object({ effort: z.string().nullable(), summary: z.null() }),
  store: z.boolean(),
  temperature: z.number(),
  text: z.object({ format: z.looseObject({ type: z.string() }) }),
  tool_choice: z.union([z.string(), z.looseObject({ type: z.string() })]),
  tools: z.array(z.looseObject({ type: z.string() })),
  top_p: z.number(),
  truncation: z.enum(['auto', 'disabled']),
  usage: usageSchema.nullable(),
  metadata: z.record(z.string(), z.string()),
});
export type ResponseBody = z.infer<typeof responseSchema>;

/** A response before anything is written. */
export function newResponseBody(
  request: ResponseRequest,
  { id, created }: { id: string; created: Date },
): ResponseBody {
  return {
    id,
    object: 'response',
    created_at: secondsOf(created),
    status: 'in_progress',
    error: null,
    incomplete_details: null,
    instructions: request.instructions ?? null,
    max_output_tokens: request.max_output_tokens ?? null,
    model: request.model,
    output: [],
    parallel_tool_calls: request.parallel_tool_calls ?? true,
    previous_response_id: request.previous_response_id ?? null,
    reasoning: { effort: request.reasoning?.effort ?? null, summary: null },
    store: request.store ?? true,
    temperature: request.temperature ?? 1,
    text: { format: request.text?.format ?? { type: 'text' } },
    tool_choice: request.tool_choice ?? 'auto',
    tools: request.tools ?? [],
    top_p: request.top_p ?? 1,
    truncation: request.truncation ?? 'disabled',
    usage: null,
    metadata: request.metadata ?? {},
  };
}

export function toResponseUsage({ promptTokens, cachedTokens, completionTokens }: TokenUsage): ResponseBody['usage'] {
  return {
    input_tokens: promptTokens,
    input_tokens_details: { cached_tokens: cachedTokens },
    output_tokens: completionTokens,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: promptTokens + completionTokens,
  };
}
