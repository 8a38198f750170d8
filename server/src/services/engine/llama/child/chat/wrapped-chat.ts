import { type ChatHistoryItem, type LlamaModel, resolveChatWrapper } from 'node-llama-cpp';
import type { ChatMessage, Tool } from '../../../../../models/language-model.ts';
import { callsAsText, withToolsInWords } from './tool-text.ts';

export interface WrappedChat {
  tokens: number[];
  endTokens: ReadonlySet<number>;
}

/** Chats for models whose file has no template, or none that works: in the form that the library takes them to have. */
export function createWrappedChat(
  model: LlamaModel,
): (messages: readonly ChatMessage[], tools: readonly Tool[]) => WrappedChat {
  const wrapper = resolveChatWrapper(model, { noJinja: true, warningLogs: false });
  return (messages, tools) => {
    const chatHistory = callsAsText(withToolsInWords(messages, tools)).map(toHistoryItem);
    // The answer to come; a chat that ends with the assistant's words is continued there.
    if (messages.at(-1)?.role !== 'assistant') chatHistory.push({ type: 'model', response: [''] });
    const { contextText, stopGenerationTriggers } = wrapper.generateContextState({ chatHistory });
    const triggers = stopGenerationTriggers.map((trigger) => trigger.tokenize(model.tokenizer));
    return {
      tokens: contextText.tokenize(model.tokenizer),
      endTokens: new Set(triggers.filter((tokens) => tokens.length === 1).flat()),
    };
  };
}

function toHistoryItem({ role, text }: ChatMessage): ChatHistoryItem {
  if (role === 'assistant') return { type: 'model', response: [text] };
  return { type: role === 'system' ? 'system' : 'user', text };
}
