import { z } from 'zod';
import type { ChatMessage } from '../../../models/language-model.ts';
import { optional } from '../../dialects/fields.ts';
import { toImage } from '../../dialects/images.ts';
import { parseToolCall } from '../../dialects/tool-calls.ts';

const textPart = z.looseObject({ type: z.literal('text'), text: z.string() });
const imagePart = z.looseObject({
  type: z.literal('image_url'),
  image_url: z.union([z.looseObject({ url: z.string() }), z.string()]),
});
const partError = { error: 'must be a part of the type "text" or "image_url"' };
const textContent = z.union([z.string(), z.array(textPart)], { error: 'must be a string or an array of text parts' });
const anyContent = z.union([z.string(), z.array(z.discriminatedUnion('type', [textPart, imagePart], partError))], {
  error: 'must be a string or an array of parts of the types "text" and "image_url"',
});
const toolCallSchema = z.looseObject({
  id: z.string().min(1),
  function: z.looseObject({ name: z.string().min(1), arguments: z.string() }),
});

export const messageSchema = z.discriminatedUnion(
  'role',
  [
    z.looseObject({ role: z.enum(['system', 'developer']), content: textContent }),
    z.looseObject({ role: z.literal('user'), content: anyContent }),
    z.looseObject({
      role: z.literal('assistant'),
      content: optional(textContent),
      reasoning: optional(z.string()),
      reasoning_content: optional(z.string()),
      tool_calls: optional(z.array(toolCallSchema)),
    }),
    z.looseObject({ role: z.literal('tool'), content: textContent, tool_call_id: z.string() }),
  ],
  { error: 'must have the role "system", "developer", "user", "assistant" or "tool"' },
);
type Message = z.output<typeof messageSchema>;

export function toChatMessages(messages: readonly Message[]): ChatMessage[] {
  const toolNames = new Map<string, string>();
  return messages.map((message, index) => toChatMessage(message, { path: `messages[${index}]`, toolNames }));
}

interface Place {
  path: string;
  /** Of the calls so far, by their ids: answers to them do not say it. */
  toolNames: Map<string, string>;
}

function toChatMessage(message: Message, { path, toolNames }: Place): ChatMessage {
  switch (message.role) {
    case 'system':
    case 'developer':
      return { role: 'system', text: textOf(message.content) };
    case 'user': {
      const images = imagesOf(message.content, `${path}.content`);
      return { role: 'user', text: textOf(message.content), ...(images.length === 0 ? {} : { images }) };
    }
    case 'assistant': {
      const thinking = message.reasoning ?? message.reasoning_content ?? '';
      const calls = (message.tool_calls ?? []).map((call, index) =>
        parseToolCall({ id: call.id, ...call.function }, `${path}.tool_calls[${index}].function.arguments`),
      );
      for (const { id, name } of calls) toolNames.set(id, name);
      return {
        role: 'assistant',
        text: textOf(message.content ?? ''),
        ...(thinking === '' ? {} : { thinking }),
        ...(calls.length === 0 ? {} : { toolCalls: calls }),
      };
    }
    case 'tool': {
      const { tool_call_id: toolCallId } = message;
      const toolName = toolNames.get(toolCallId);
      const text = textOf(message.content);
      return { role: 'tool', text, toolCallId, ...(toolName === undefined ? {} : { toolName }) };
    }
    default:
      return message satisfies never;
  }
}

type Content = z.output<typeof anyContent>;

function textOf(content: Content): string {
  if (typeof content === 'string') return content;
  return content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
}

function imagesOf(content: Content, path: string): string[] {
  if (typeof content === 'string') return [];
  return content.flatMap((part, index) => {
    if (part.type !== 'image_url') return [];
    const url = typeof part.image_url === 'string' ? part.image_url : part.image_url.url;
    return [toImage(url, `${path}[${index}].image_url.url`)];
  });
}
