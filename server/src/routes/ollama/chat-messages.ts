import type { ChatMessage, Tool, ToolCall } from '../../models/language-model.ts';
import { imagesType } from './field-types.ts';
import { quote } from './go/quote.ts';
import { goInt, goList, goMapOf, goString, goStruct, type Decoded } from './go/types.ts';
import { ollamaError } from './ollama-error.ts';

const toolCallType = goStruct('api.ToolCall', {
  id: goString,
  function: goStruct('api.ToolCallFunction', {
    index: goInt,
    name: goString,
    arguments: goMapOf('api.ToolCallFunctionArguments'),
  }),
});

const messageType = goStruct('api.Message', {
  role: goString,
  content: goString,
  thinking: goString,
  images: imagesType,
  tool_calls: goList(toolCallType, '[]api.ToolCall'),
  tool_name: goString,
  tool_call_id: goString,
});

export const messagesType = goList(messageType, '[]api.Message');

const toolType = goStruct('api.Tool', {
  type: goString,
  function: goStruct('api.ToolFunction', {
    name: goString,
    description: goString,
    parameters: goMapOf('api.ToolFunctionParameters'),
  }),
});

export const toolsType = goList(toolType, 'api.Tools');

const roles = ['system', 'user', 'assistant', 'tool'] as const;

export function toMessage(message: Decoded<typeof messageType>): ChatMessage {
  const { content = '', thinking = '', images = [], tool_calls: calls = [] } = message;
  return {
    role: toRole(message.role),
    text: content,
    ...(thinking === '' ? {} : { thinking }),
    ...(images.length === 0 ? {} : { images }),
    ...(calls.length === 0 ? {} : { toolCalls: calls.map(toToolCall) }),
    ...(message.tool_call_id === undefined ? {} : { toolCallId: message.tool_call_id }),
    ...(message.tool_name === undefined ? {} : { toolName: message.tool_name }),
  };
}

function toRole(written = ''): ChatMessage['role'] {
  const role = roles.find((candidate) => candidate === written.toLowerCase());
  if (role !== undefined) return role;
  throw ollamaError(400, `invalid role: ${quote(written)}, role must be one of ${roles.join(', ')}`);
}

/** Clients that leave out the ids of calls tell them by their order. */
function toToolCall({ id, function: called = {} }: Decoded<typeof toolCallType>, index: number): ToolCall {
  return { id: id ?? `call_${index}`, name: called.name ?? '', arguments: called.arguments ?? {} };
}

export function toTool({
  function: { name = '', description = '', parameters = {} } = {},
}: Decoded<typeof toolType>): Tool {
  if (name === '') throw ollamaError(400, 'invalid tool: a function needs a name');
  return { name, description, parameters };
}
