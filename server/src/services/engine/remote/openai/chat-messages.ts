import type { ChatMessage, Tool, ToolChoice } from '../../../../models/language-model.ts';
import { incapable } from '../wire/trouble.ts';
import { told } from '../../../../errors/told.ts';

/** Messages in OpenAI's form. */
export function encodeMessages(messages: readonly ChatMessage[]): unknown[] {
  return messages.map(({ role, text, toolCalls, toolCallId, images = [] }) => {
    if (role === 'tool') return { role, tool_call_id: toolCallId ?? '', content: text };
    const content = images.length === 0 ? text : [{ type: 'text', text }, ...images.map(encodeImage)];
    if (toolCalls === undefined || toolCalls.length === 0) return { role, content };
    return {
      role,
      content,
      tool_calls: toolCalls.map(({ id, name, arguments: values }) => ({
        id,
        type: 'function',
        function: { name, arguments: JSON.stringify(values) },
      })),
    };
  });
}

const imageTypes = [
  { beginning: 'iVBOR', type: 'image/png' },
  { beginning: '/9j/', type: 'image/jpeg' },
  { beginning: 'R0lGOD', type: 'image/gif' },
  { beginning: 'UklGR', type: 'image/webp' },
] as const;

/** The type is told by the first bytes of the picture. */
function encodeImage(base64: string) {
  const known = imageTypes.find(({ beginning }) => base64.startsWith(beginning));
  if (known === undefined) throw incapable('vision', told`The engine takes PNG, JPEG, GIF and WebP pictures.`);
  return { type: 'image_url', image_url: { url: `data:${known.type};base64,${base64}` } };
}

export function encodeTools(tools: readonly Tool[] | undefined): { tools?: unknown[] } {
  if (tools === undefined || tools.length === 0) return {};
  return {
    tools: tools.map(({ name, description, parameters }) => ({
      type: 'function',
      function: { name, description, parameters },
    })),
  };
}

export function encodeToolChoice(choice: ToolChoice | undefined): { tool_choice?: unknown } {
  if (choice === undefined) return {};
  return { tool_choice: typeof choice === 'string' ? choice : { type: 'function', function: { name: choice.name } } };
}
