import { type ChatHistoryItem, type LlamaModel, resolveChatWrapper } from 'node-llama-cpp';
import type { ChatMessage } from '../../../../models/language-model.ts';
import type { ChatPrompt } from '../../../../ports/engine.ts';
import type { ChatForm } from './chat/chat-form.ts';
import { createPlainReader } from './chat/plain-reader.ts';

/**
 * Writes chats in the form the model was trained on, by the template in its file. Text of messages stays text: what looks
 * like a special token in it is not one.
 */
export function createChatPrompt(model: LlamaModel): (prompt: ChatPrompt) => ChatForm {
  const template = resolveChatWrapper(model);
  return ({ messages }) => {
    const chatHistory = messages.map(toHistoryItem);
    // The answer to come; a chat that ends with the assistant's words is continued there.
    if (messages.at(-1)?.role !== 'assistant') chatHistory.push({ type: 'model', response: [''] });
    const { contextText, stopGenerationTriggers } = template.generateContextState({ chatHistory });
    const triggers = stopGenerationTriggers.map((trigger) => trigger.tokenize(model.tokenizer));
    return {
      tokens: contextText.tokenize(model.tokenizer),
      endTokens: new Set(triggers.filter((tokens) => tokens.length === 1).flat()),
      shownTokens: new Set(),
      grammar: null,
      createReader: createPlainReader,
    };
  };
}

function toHistoryItem({ role, text }: ChatMessage): ChatHistoryItem {
  if (role === 'assistant') return { type: 'model', response: [text] };
  return { type: role === 'system' ? 'system' : 'user', text };
}
