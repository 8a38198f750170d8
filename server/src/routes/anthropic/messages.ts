import { z } from 'zod';
import type { ChatMessage } from '../../models/language-model.ts';
import { jsonObject, optional } from '../dialects/fields.ts';
import { checkedBase64 } from '../dialects/images.ts';
import { refuse } from '../dialects/refusal.ts';

const textBlock = z.looseObject({ type: z.literal('text'), text: z.string() });
const imageBlock = z.looseObject({
  type: z.literal('image'),
  source: z.looseObject({ type: z.string(), data: optional(z.string()) }),
});
const resultBlock = z.looseObject({
  type: z.literal('tool_result'),
  tool_use_id: z.string().min(1),
  content: optional(
    z.union([z.string(), z.array(z.discriminatedUnion('type', [textBlock, imageBlock]))], {
      error: 'must be a string or an array of blocks of the types "text" and "image"',
    }),
  ),
});
const useBlock = z.looseObject({
  type: z.literal('tool_use'),
  id: z.string().min(1),
  name: z.string().min(1),
  input: jsonObject,
});
const thinkingBlock = z.looseObject({ type: z.literal('thinking'), thinking: z.string() });
const redactedBlock = z.looseObject({ type: z.literal('redacted_thinking') });

function contentOf<Block extends z.ZodType>(blocks: z.ZodArray<Block>, types: string) {
  return z.union([z.string(), blocks], { error: `must be a string or an array of blocks of the types ${types}` });
}

const userContent = contentOf(
  z.array(z.discriminatedUnion('type', [textBlock, imageBlock, resultBlock])),
  '"text", "image" and "tool_result"',
);
const assistantContent = contentOf(
  z.array(z.discriminatedUnion('type', [textBlock, useBlock, thinkingBlock, redactedBlock])),
  '"text", "tool_use" and "thinking"',
);

export const messageSchema = z.discriminatedUnion(
  'role',
  [
    z.looseObject({ role: z.literal('user'), content: userContent }),
    z.looseObject({ role: z.literal('assistant'), content: assistantContent }),
  ],
  { error: 'must have the role "user" or "assistant"' },
);
type Message = z.output<typeof messageSchema>;
type UserBlock = Exclude<z.output<typeof userContent>, string>[number];
type AssistantBlock = Exclude<z.output<typeof assistantContent>, string>[number];

export function toChatMessages(messages: readonly Message[]): ChatMessage[] {
  const toolNames = new Map<string, string>();
  return messages.flatMap(({ role, content }, index) => {
    if (typeof content === 'string') return [{ role, text: content }];
    const path = `messages[${index}].content`;
    if (role === 'user') return toUserMessages(content, { path, toolNames });
    const said = toAssistantMessage(content);
    for (const { id, name } of said.toolCalls ?? []) toolNames.set(id, name);
    return [said];
  });
}

interface Place {
  path: string;
  /** Of the calls so far, by their ids: results do not say it. */
  toolNames: ReadonlyMap<string, string>;
}

/** Results of tools come first, whatever the user says beside them. */
function toUserMessages(blocks: readonly UserBlock[], { path, toolNames }: Place): ChatMessage[] {
  const results = blocks.flatMap((block, index): ChatMessage[] => {
    if (block.type !== 'tool_result') return [];
    const toolName = toolNames.get(block.tool_use_id);
    if (toolName === undefined) {
      throw refuse(
        `${path}[${index}].tool_use_id`,
        `unexpected tool_use_id found in tool_result blocks: ${block.tool_use_id}. Each tool_result block must have a corresponding tool_use block in the previous message.`,
      );
    }
    const inner = typeof block.content === 'string' ? [{ type: 'text' as const, text: block.content }] : block.content;
    const said = toSaid(inner ?? [], `${path}[${index}].content`);
    return [{ role: 'tool', ...said, toolCallId: block.tool_use_id, toolName }];
  });
  const said = toSaid(blocks, path);
  const isSilent = said.text === '' && said.images === undefined;
  return isSilent && results.length > 0 ? results : [...results, { role: 'user', ...said }];
}

function toSaid(blocks: readonly UserBlock[], path: string): Pick<ChatMessage, 'text' | 'images'> {
  const texts = blocks.flatMap((block) => (block.type === 'text' ? [block.text] : []));
  const images = blocks.flatMap((block, index) =>
    block.type === 'image' ? [toImage(block.source, `${path}[${index}].source`)] : [],
  );
  return { text: texts.join('\n'), ...(images.length === 0 ? {} : { images }) };
}

function toImage({ type, data }: z.output<typeof imageBlock>['source'], path: string): string {
  if (type === 'base64' && typeof data === 'string') return checkedBase64(data, `${path}.data`);
  throw refuse(`${path}.type`, 'image URLs are not currently supported, please use base64 encoded data instead');
}

function toAssistantMessage(blocks: readonly AssistantBlock[]): ChatMessage {
  const texts = blocks.flatMap((block) => (block.type === 'text' ? [block.text] : []));
  const thoughts = blocks.flatMap((block) => (block.type === 'thinking' ? [block.thinking] : []));
  const toolCalls = blocks.flatMap((block) =>
    block.type === 'tool_use' ? [{ id: block.id, name: block.name, arguments: block.input }] : [],
  );
  return {
    role: 'assistant',
    text: texts.join('\n'),
    ...(thoughts.length === 0 ? {} : { thinking: thoughts.join('\n') }),
    ...(toolCalls.length === 0 ? {} : { toolCalls }),
  };
}
