import type { ChatMessage, Tool } from '../../../../../models/language-model.ts';
import type { SpecialTexts } from './special-texts.ts';
import { namesOfCalls } from './tool-text.ts';

export interface ValueOptions {
  texts: Pick<SpecialTexts, 'guard' | 'guardValue'>;
  /** Whether the template puts the arguments of a call into the text as they are, so that they must be JSON already. */
  argumentsAsText: boolean;
  /** Whether it takes ids of calls of nine letters and digits only. */
  shortIds: boolean;
}

/** Messages as templates know them: OpenAI's shape, with arguments as objects. */
export function messageValues(messages: readonly ChatMessage[], options: ValueOptions): Record<string, unknown>[] {
  const { texts, argumentsAsText, shortIds } = options;
  const names = namesOfCalls(messages);
  const ids = new Map<string, string>();
  function idOf(id: string): string {
    if (!shortIds) return texts.guard(id);
    const short = ids.get(id) ?? `call${String(ids.size).padStart(5, '0')}`;
    ids.set(id, short);
    return short;
  }
  return messages.map((message) => {
    const { role, text, thinking, toolCalls = [], toolCallId } = message;
    const value: Record<string, unknown> = { role, content: texts.guard(text) };
    if (thinking !== undefined && thinking !== '') {
      value['reasoning_content'] = texts.guard(thinking);
      value['thinking'] = value['reasoning_content'];
    }
    if (toolCalls.length > 0) {
      value['tool_calls'] = toolCalls.map((call) => ({
        id: idOf(call.id),
        type: 'function',
        function: {
          name: texts.guardValue(call.name),
          arguments: texts.guardValue(argumentsAsText ? JSON.stringify(call.arguments) : call.arguments),
        },
      }));
    }
    if (role === 'tool') {
      const name = message.toolName ?? names.get(toolCallId ?? '');
      if (name !== undefined) value['name'] = texts.guardValue(name);
      value['tool_call_id'] = idOf(toolCallId ?? '');
    }
    return value;
  });
}

export function toolValues(tools: readonly Tool[], { texts }: Pick<ValueOptions, 'texts'>): unknown[] {
  return tools.map(({ name, description, parameters }) => ({
    type: 'function',
    function: texts.guardValue({ name, description, parameters }),
  }));
}
