import type { ChatMessage, Tool, ToolCall } from '../../../../../models/language-model.ts';

/** The same messages, of which the first tells about the tools in words, for templates without a place for them. */
export function withToolsInWords(messages: readonly ChatMessage[], tools: readonly Tool[]): readonly ChatMessage[] {
  if (tools.length === 0) return messages;
  const words = describeTools(tools);
  const [first, ...rest] = messages;
  return first?.role === 'system'
    ? [{ role: 'system', text: `${first.text}\n\n${words}` }, ...rest]
    : [{ role: 'system', text: words }, ...messages];
}

function describeTools(tools: readonly Tool[]): string {
  const functions = tools.map(({ name, description, parameters }) => JSON.stringify({ name, description, parameters }));
  return [
    'You can call these functions:',
    ...functions,
    'To call one, answer with nothing but JSON of this form: {"name": "<function>", "arguments": {<arguments>}}',
    'Otherwise answer in words.',
  ].join('\n');
}

/** The same messages in which calls and their results are text, for templates without a place for them. */
export function callsAsText(messages: readonly ChatMessage[]): ChatMessage[] {
  const names = namesOfCalls(messages);
  return messages.map((message) => {
    if (message.role === 'tool') {
      const name = message.toolName ?? names.get(message.toolCallId ?? '');
      return { role: 'user', text: `${name === undefined ? 'Result' : `Result of ${name}`}:\n${message.text}` };
    }
    const { toolCalls = [], ...rest } = message;
    if (toolCalls.length === 0) return message;
    return { ...rest, text: [message.text, ...toolCalls.map(callAsText)].filter((text) => text !== '').join('\n') };
  });
}

function callAsText({ name, arguments: values }: ToolCall): string {
  return JSON.stringify({ name, arguments: values });
}

/** The functions that calls ran, by the ids of the calls. */
export function namesOfCalls(messages: readonly ChatMessage[]): ReadonlyMap<string, string> {
  const calls = messages.flatMap(({ toolCalls = [] }) => toolCalls);
  return new Map(calls.map(({ id, name }) => [id, name]));
}
