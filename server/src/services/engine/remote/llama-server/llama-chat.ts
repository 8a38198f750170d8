import { AppError } from '../../../../errors/app-error.ts';
import { told } from '../../../../errors/told.ts';
import type { ChatMessage, Thinking } from '../../../../models/language-model.ts';
import type { ChatPrompt, GenerateRequest } from '../../../../ports/engine.ts';
import { formatGrammar } from '../wire/format-grammar.ts';
import { encodeMessages, encodeTools } from '../openai/chat-messages.ts';
import { chatLogprobs } from '../openai/openai-request.ts';
import { incapable } from '../wire/trouble.ts';
import { encodeSampling } from './llama-sampling.ts';
import type { LlamaTokens } from './llama-tokens.ts';

/** What `/v1/chat/completions` of a llama-server is asked, where it reads tool calls or thoughts out of the answer. */
export function createLlamaChat(tokens: LlamaTokens) {
  return async function encode(request: GenerateRequest, signal: AbortSignal): Promise<Record<string, unknown>> {
    const { prompt, sampling, format, topLogprobs } = request;
    if (prompt.type !== 'chat') throw incapable('completion', told`Only messages make a chat.`);
    if (prompt.before !== undefined)
      throw incapable('context', told`With tools or thoughts, tokens cannot be continued.`);
    const messages: ChatMessage[] = [];
    for (const message of prompt.messages) messages.push(await harmless(message, { tokens, signal }));
    return {
      ...encodeSampling(request),
      ...(Number.isFinite(sampling.maxTokens) ? { n_predict: sampling.maxTokens } : {}),
      stream_options: { include_usage: true },
      messages: encodeMessages(messages),
      ...toolFields(prompt),
      ...thinkingFields(prompt.think ?? null),
      ...(format === undefined ? {} : { grammar: formatGrammar(format) }),
      ...chatLogprobs(topLogprobs),
    };
  };
}

/** The server recognises special tokens in messages too: a joiner without width keeps them text. */
async function harmless(
  message: ChatMessage,
  { tokens, signal }: { tokens: LlamaTokens; signal: AbortSignal },
): Promise<ChatMessage> {
  if (await tokens.isHarmless(message.text, signal)) return message;
  return { ...message, text: message.text.replaceAll(/(?<=[<[])(?=\S)/g, '\u2060') };
}

/** A tool by its name is the only tool, and must be called: the server knows no other way to ask for it. */
function toolFields({ tools = [], toolChoice = 'auto' }: ChatPrompt): Record<string, unknown> {
  if (typeof toolChoice === 'string')
    return { ...encodeTools(tools), tool_choice: toolChoice, parallel_tool_calls: true };
  const [named] = tools.filter(({ name }) => name === toolChoice.name);
  if (named === undefined) {
    throw new AppError('invalid_format', { detail: told`There is no tool with the name ${toolChoice.name}.` });
  }
  return { ...encodeTools([named]), tool_choice: 'required' };
}

function thinkingFields(think: Thinking | null): Record<string, unknown> {
  const fields = { reasoning_format: 'auto' };
  if (think === null) return fields;
  const effort = typeof think === 'string' ? { reasoning_effort: think === 'max' ? 'high' : think } : {};
  return { ...fields, chat_template_kwargs: { enable_thinking: think !== false, ...effort } };
}
