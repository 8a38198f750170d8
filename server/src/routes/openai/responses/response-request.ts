import { z } from 'zod';
import type { CompletionRequest } from '../../../core/completions/completions.ts';
import type { ChatMessage, OutputFormat, Tool, ToolChoice } from '../../../models/language-model.ts';
import { jsonObject, modelField, optional, usualSampling } from '../../dialects/fields.ts';
import { refuse } from '../../dialects/refusal.ts';
import { assertCallable } from '../../dialects/tool-calls.ts';
import { effortField, grammarOf, runOptionsOf, samplingFields, samplingOf, thinkOf, tokensField } from '../fields.ts';
import { functionFields, toTool } from '../chat/tools.ts';

const toolError = { error: 'must be "function": the caller runs the tools' };

export const responseRequestSchema = z.looseObject({
  model: modelField,
  input: z.union([z.string(), z.array(z.looseObject({}))], { error: 'must be a string or an array of items' }),
  instructions: optional(z.string()),
  previous_response_id: optional(z.string()),
  store: optional(z.boolean().describe('Kept for 30 days unless false.')),
  stream: optional(z.boolean()),
  ...samplingFields,
  max_output_tokens: tokensField,
  tools: optional(z.array(z.looseObject({ type: z.literal('function', toolError), ...functionFields }))),
  tool_choice: optional(
    z.union([z.enum(['auto', 'none', 'required']), z.looseObject({ type: z.literal('function'), name: z.string() })], {
      error: 'must be "auto", "none", "required" or {"type": "function", "name": …}',
    }),
  ),
  parallel_tool_calls: optional(z.boolean()),
  text: optional(
    z.looseObject({
      format: optional(
        z.discriminatedUnion(
          'type',
          [
            z.looseObject({ type: z.literal('text') }),
            z.looseObject({ type: z.literal('json_object') }),
            z.looseObject({ type: z.literal('json_schema'), name: optional(z.string()), schema: jsonObject }),
          ],
          { error: 'must have the type "text", "json_object" or "json_schema"' },
        ),
      ),
    }),
  ),
  reasoning: optional(z.looseObject({ effort: effortField })),
  truncation: optional(z.enum(['auto', 'disabled'])),
  metadata: optional(z.record(z.string(), z.string())),
  background: optional(z.boolean()),
  conversation: z.unknown().optional(),
  prompt: z.unknown().optional(),
});
export type ResponseRequest = z.output<typeof responseRequestSchema>;

/** Throws for what would need something that is not here. */
export function assertSupported(body: ResponseRequest): void {
  if (body.background === true) {
    throw refuse('background', "'background' is not supported: the reply is written while you wait, or streamed.");
  }
  if (body.conversation !== undefined && body.conversation !== null) {
    throw refuse('conversation', "'conversation' is not supported: go on with 'previous_response_id'.");
  }
  if (body.prompt !== undefined && body.prompt !== null) {
    throw refuse('prompt', "'prompt' is not supported: send 'instructions' and 'input'.");
  }
}

export interface ResponseChain {
  /** Instructions first, then all that was said, and what is said now. */
  messages: readonly ChatMessage[];
  conversation: string;
}

export function toCompletionRequest(body: ResponseRequest, chain: ResponseChain): CompletionRequest {
  const tools = toolsOf(body);
  const toolChoice = toolChoiceOf(body);
  assertCallable(tools, toolChoice);
  return {
    model: body.model,
    prompt: { type: 'chat', messages: chain.messages, tools, toolChoice, think: thinkOf(body.reasoning?.effort) },
    sampling: samplingOf(body, body.max_output_tokens),
    usual: usualSampling,
    format: formatOf(body) ?? grammarOf(body),
    overflow: { type: body.truncation === 'auto' ? 'drop-messages' : 'reject' },
    conversation: chain.conversation,
    ...runOptionsOf(body),
  };
}

function toolsOf({ tools }: ResponseRequest): Tool[] {
  return (tools ?? []).map(toTool);
}

function toolChoiceOf({ tool_choice: choice }: ResponseRequest): ToolChoice | undefined {
  return typeof choice === 'object' && choice !== null ? { name: choice.name } : (choice ?? undefined);
}

function formatOf({ text }: ResponseRequest): OutputFormat | undefined {
  const format = text?.format;
  if (format?.type === 'json_object') return { type: 'json' };
  return format?.type === 'json_schema' ? { type: 'json-schema', schema: format.schema } : undefined;
}
