import { z } from 'zod';
import type { ChatMessage } from '../../../models/language-model.ts';
import { optional } from '../../dialects/fields.ts';
import { toImage } from '../../dialects/images.ts';
import { refuse } from '../../dialects/refusal.ts';
import { parseToolCall } from '../../dialects/tool-calls.ts';

const textPart = z.looseObject({ type: z.enum(['input_text', 'output_text', 'text']), text: z.string() });
const imagePart = z.looseObject({ type: z.literal('input_image'), image_url: z.string() });
const partError = { error: 'must be a part of the type "input_text", "output_text" or "input_image"' };
const content = z.union([z.string(), z.array(z.discriminatedUnion('type', [textPart, imagePart], partError))], {
  error: 'must be a string or an array of parts of the types "input_text", "output_text" and "input_image"',
});
type Content = z.output<typeof content>;

const summary = z.array(z.looseObject({ text: z.string() }));
const itemSchema = z.discriminatedUnion(
  'type',
  [
    z.looseObject({
      type: z.literal('message'),
      role: z.enum(['user', 'assistant', 'system', 'developer']),
      content,
    }),
    z.looseObject({
      type: z.literal('function_call'),
      call_id: z.string().min(1),
      name: z.string().min(1),
      arguments: z.string(),
    }),
    z.looseObject({ type: z.literal('function_call_output'), call_id: z.string().min(1), output: content }),
    z.looseObject({ type: z.literal('reasoning'), summary: optional(summary), content: optional(summary) }),
  ],
  { error: 'must be "message", "function_call", "function_call_output" or "reasoning"' },
);
type Item = z.output<typeof itemSchema>;

/** What is said in a request, after what was said before it: thoughts and calls belong to the message around them. */
export function toMessages(
  input: string | readonly Readonly<Record<string, unknown>>[],
  before: readonly ChatMessage[],
): ChatMessage[] {
  const said: ChatMessage[] = [];
  if (typeof input === 'string') return [{ role: 'user', text: input }];
  for (const [index, given] of input.entries()) {
    const path = `input[${index}]`;
    const item = parseItem(given, path);
    const last = said.at(-1);
    const merged = last?.role === 'assistant' ? withItem(last, { item, path }) : undefined;
    if (merged === undefined) said.push(toMessage(item, { path, earlier: [...before, ...said] }));
    else said[said.length - 1] = merged;
  }
  return said;
}

/** A message of a role may come without its type. */
function parseItem(given: Readonly<Record<string, unknown>>, path: string): Item {
  const result = itemSchema.safeParse({ ...given, type: given['type'] ?? 'message' });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = (issue?.path ?? []).map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  throw refuse(path + field, `Invalid value for '${path}${field}': ${issue?.message}`);
}

/** The message of the assistant with what belongs to it; undefined when the item begins another one. */
function withItem(message: ChatMessage, { item, path }: { item: Item; path: string }): ChatMessage | undefined {
  const { toolCalls = [] } = message;
  if (item.type === 'function_call') return { ...message, toolCalls: [...toolCalls, toCall(item, path)] };
  const isThought = message.text === '' && toolCalls.length === 0;
  if (item.type !== 'message' || item.role !== 'assistant' || !isThought) return undefined;
  return { ...message, text: textOf(item.content) };
}

function toMessage(item: Item, { path, earlier }: { path: string; earlier: readonly ChatMessage[] }): ChatMessage {
  switch (item.type) {
    case 'message': {
      const role = item.role === 'developer' ? 'system' : item.role;
      const images = imagesOf(item.content, path);
      return { role, text: textOf(item.content), ...(images.length === 0 ? {} : { images }) };
    }
    case 'function_call':
      return { role: 'assistant', text: '', toolCalls: [toCall(item, path)] };
    case 'function_call_output': {
      const calls = earlier.flatMap(({ toolCalls = [] }) => toolCalls);
      const name = calls.findLast(({ id }) => id === item.call_id)?.name;
      if (name === undefined) {
        throw refuse(`${path}.call_id`, `No tool call found for function call output with call_id ${item.call_id}.`);
      }
      return { role: 'tool', text: textOf(item.output), toolCallId: item.call_id, toolName: name };
    }
    case 'reasoning': {
      const thinking = [...(item.content ?? item.summary ?? [])].map(({ text }) => text).join('\n');
      return { role: 'assistant', text: '', thinking };
    }
    default:
      return item satisfies never;
  }
}

function toCall(item: Extract<Item, { type: 'function_call' }>, path: string) {
  return parseToolCall({ id: item.call_id, name: item.name, arguments: item.arguments }, `${path}.arguments`);
}

function textOf(given: Content): string {
  if (typeof given === 'string') return given;
  return given.flatMap((part) => (part.type === 'input_image' ? [] : [part.text])).join('\n');
}

function imagesOf(given: Content, path: string): string[] {
  if (typeof given === 'string') return [];
  return given.flatMap((part, index) =>
    part.type === 'input_image' ? [toImage(part.image_url, `${path}.content[${index}].image_url`)] : [],
  );
}
