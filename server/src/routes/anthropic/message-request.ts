import { z } from 'zod';
import type { CompletionRequest } from '../../core/completions/completions.ts';
import type { Thinking, Tool, ToolChoice } from '../../models/language-model.ts';
import { jsonObject, modelField, optional, said, usualSampling } from '../dialects/fields.ts';
import { refuse } from '../dialects/refusal.ts';
import { assertCallable } from '../dialects/tool-calls.ts';
import { messageSchema, toChatMessages } from './messages.ts';

const mostStops = 16;
const longestToolName = 128;

const toolSchema = z.looseObject({
  type: optional(z.literal('custom', { error: 'must be "custom": the caller runs the tools' })),
  name: z.string().min(1).max(longestToolName),
  description: optional(z.string()),
  input_schema: jsonObject,
});

const promptFields = {
  model: modelField,
  messages: z.array(messageSchema),
  system: optional(
    z.union([z.string(), z.array(z.looseObject({ type: z.literal('text'), text: z.string() }))], {
      error: 'must be a string or an array of text blocks',
    }),
  ),
  tools: optional(z.array(toolSchema)),
  tool_choice: optional(
    z.discriminatedUnion(
      'type',
      [
        z.looseObject({ type: z.enum(['auto', 'any', 'none']), disable_parallel_tool_use: optional(z.boolean()) }),
        z.looseObject({
          type: z.literal('tool'),
          name: z.string().min(1),
          disable_parallel_tool_use: optional(z.boolean()),
        }),
      ],
      { error: 'must have the type "auto", "any", "tool" or "none"' },
    ),
  ),
  thinking: optional(z.looseObject({ type: z.enum(['enabled', 'disabled', 'adaptive']) })),
  output_config: optional(z.looseObject({ effort: optional(z.enum(['low', 'medium', 'high', 'xhigh', 'max'])) })),
};

export const countRequestSchema = z.looseObject(promptFields);
export const messageRequestSchema = z.looseObject({
  ...promptFields,
  max_tokens: z.int().min(1),
  stop_sequences: optional(z.array(z.string()).max(mostStops)),
  stream: optional(z.boolean()),
  temperature: optional(z.number().min(0).max(1)),
  top_p: optional(z.number().min(0).max(1)),
  top_k: optional(z.int().min(0)),
});
export type CountRequest = z.output<typeof countRequestSchema>;
export type MessageRequest = z.output<typeof messageRequestSchema>;

export function toCompletionRequest(body: MessageRequest): CompletionRequest {
  const { max_tokens: maxTokens, stop_sequences: stop, temperature, top_p: topP, top_k: topK } = body;
  return {
    ...toPrompt(body),
    sampling: said({ maxTokens, stop: stop?.filter(Boolean), temperature, topP, topK }),
    usual: usualSampling,
  };
}

/** The part of a request that the model reads. */
export function toPrompt(body: CountRequest): Pick<CompletionRequest, 'model' | 'prompt'> {
  if (body.messages.length === 0) throw refuse('messages', 'messages: at least one message is required');
  const tools = (body.tools ?? []).map(toTool);
  const toolChoice = toToolChoice(body);
  assertCallable(tools, toolChoice);
  const system = systemOf(body);
  const messages = toChatMessages(body.messages);
  return {
    model: body.model,
    prompt: {
      type: 'chat',
      messages: system === '' ? messages : [{ role: 'system', text: system }, ...messages],
      tools,
      toolChoice,
      think: toThinking(body),
    },
  };
}

function systemOf({ system }: CountRequest): string {
  if (typeof system === 'string') return system;
  return (system ?? []).map(({ text }) => text).join('\n');
}

function toTool({ name, description, input_schema: parameters }: z.output<typeof toolSchema>): Tool {
  return { name, description: description ?? '', parameters };
}

function toToolChoice({ tool_choice: choice }: CountRequest): ToolChoice | undefined {
  if (choice === undefined || choice === null) return undefined;
  if (choice.type === 'tool') return { name: choice.name };
  return choice.type === 'any' ? 'required' : choice.type;
}

function toThinking({ thinking, output_config: output }: CountRequest): Thinking | undefined {
  if (thinking === undefined || thinking === null) return undefined;
  if (thinking.type === 'disabled') return false;
  const effort = output?.effort ?? undefined;
  return effort === 'xhigh' ? 'max' : (effort ?? true);
}
