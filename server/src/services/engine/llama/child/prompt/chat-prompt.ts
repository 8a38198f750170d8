import type { LlamaModel } from 'node-llama-cpp';
import type { ChatMessage } from '../../../../../models/language-model.ts';
import type { ChatPrompt } from '../../../../../ports/engine.ts';
import { type CallFormat, callFormatOf, plainCalls } from '../chat/call-format.ts';
import { callGrammar } from '../chat/call-grammar.ts';
import { channelCalls, channelTokens, createChannelReader, usesChannels } from '../chat/channel-reader.ts';
import type { ChatForm } from '../chat/chat-form.ts';
import { type ChatTemplate, openChatTemplate } from '../chat/chat-template.ts';
import { createOutputReader } from '../chat/output-reader.ts';
import { createSpecialTexts, type SpecialTexts } from '../chat/special-texts.ts';
import { type ThinkingTags, thinkingTagsOf } from '../chat/thinking-tags.ts';
import { createWrappedChat } from '../chat/wrapped-chat.ts';
import { EngineFailure } from '../engine-failure.ts';
import { told } from '../../../../../errors/told.ts';

/**
 * Writes chats in the form the model was trained on, by the template in its file. Text of messages and tools stays text:
 * what looks like a special token in it is not one. A chat that ends with words of the assistant is continued there.
 */
export function createChatPrompt(
  model: LlamaModel,
  { now = () => new Date() }: { now?: () => Date } = {},
): (prompt: ChatPrompt) => ChatForm {
  const source = model.fileInfo.metadata.tokenizer.chat_template ?? '';
  const texts = createSpecialTexts(model, source);
  const template = opened(model, { source, texts, now });
  const tags = template === undefined ? null : thinkingTagsOf(source);
  const inChannels = template !== undefined && usesChannels(source);
  const format = formatOf(template, source);
  const tagTexts = [...format.openers, ...(tags === null ? [] : [tags])].flatMap(({ open, close }) => [
    open,
    close ?? '',
  ]);
  const shownTokens = tokensOf(texts, inChannels ? channelTokens : tagTexts);
  const endTokens = template === undefined ? new Set<number>() : endTokensOf(texts, template);
  let wrapped: ReturnType<typeof createWrappedChat> | undefined;

  return (prompt) => {
    const { toolChoice = 'auto', before = [] } = prompt;
    const tools = toolChoice === 'none' ? [] : (prompt.tools ?? []);
    const grammar = callGrammar({ tools, toolChoice, format });
    const think = grammar === null ? (prompt.think ?? null) : false;
    const rendered = template?.render({ ...withoutAnswer(prompt.messages), tools, think });
    const common = { grammar, shownTokens };
    const calls = tools.length === 0 ? null : { openers: format.openers, tools };
    if (rendered === undefined) {
      wrapped ??= createWrappedChat(model);
      const { tokens, endTokens: ends } = wrapped(prompt.messages, tools);
      const createReader = () => createOutputReader({ thinking: null, calls });
      return { ...common, tokens: continued(model, before, tokens), endTokens: ends, createReader };
    }
    if (inChannels) {
      const tokens = continued(model, before, texts.tokenize(rendered + answerInChannel(prompt.messages, texts)));
      return { ...common, tokens, endTokens, createReader: () => createChannelReader(tools) };
    }
    const { text, isOpen } = begun(rendered, { answer: answerBegun(prompt.messages), think, tags, texts });
    return {
      ...common,
      tokens: continued(model, before, texts.tokenize(text)),
      endTokens,
      createReader: () => createOutputReader({ thinking: tags === null ? null : { tags, isOpen }, calls }),
    };
  };
}

function opened(model: LlamaModel, options: Parameters<typeof openChatTemplate>[1]): ChatTemplate | undefined {
  if (options.source.trim() === '') return undefined;
  try {
    return openChatTemplate(model, options);
  } catch {
    return undefined; // a template that cannot be compiled is as good as none
  }
}

function formatOf(template: ChatTemplate | undefined, source: string): CallFormat {
  if (template?.knowsTools !== true) return plainCalls;
  return usesChannels(source) ? channelCalls : callFormatOf(source);
}

function tokensOf(texts: SpecialTexts, tags: readonly string[]): Set<number> {
  return new Set(tags.map((text) => texts.tokenOf(text)).filter((token) => token !== undefined));
}

function endTokensOf(texts: SpecialTexts, { afterAnswer }: ChatTemplate): Set<number> {
  const [first] = texts.tokenize(afterAnswer.trimStart());
  return new Set(first !== undefined && texts.isSpecial(first) ? [first] : []);
}

/** The assistant's words at the end, which are to be continued. */
function answerBegun(messages: readonly ChatMessage[]): ChatMessage | undefined {
  const last = messages.at(-1);
  return last?.role === 'assistant' && (last.toolCalls ?? []).length === 0 ? last : undefined;
}

function withoutAnswer(messages: readonly ChatMessage[]): { messages: readonly ChatMessage[] } {
  const asked = answerBegun(messages) === undefined ? messages : messages.slice(0, -1);
  return { messages: asked.length === 0 ? [{ role: 'user', text: '' }] : asked };
}

function answerInChannel(messages: readonly ChatMessage[], texts: SpecialTexts): string {
  const answer = answerBegun(messages);
  return answer === undefined ? '' : `<|channel|>final<|message|>${texts.guard(answer.text)}`;
}

interface Beginning {
  answer: ChatMessage | undefined;
  think: ChatPrompt['think'];
  tags: ThinkingTags | null;
  texts: SpecialTexts;
}

/** The prompt with what is given of the answer, and whether it ends inside a thought. */
function begun(rendered: string, { answer, think, tags, texts }: Beginning): { text: string; isOpen: boolean } {
  const said = answer === undefined ? '' : texts.guard(answer.text);
  if (tags === null) return { text: rendered + said, isOpen: false };
  const isOpen = rendered.trimEnd().endsWith(tags.open);
  const thought = answer?.thinking ?? '';
  if (thought === '') {
    const closes = isOpen && (think === false || said !== '');
    return { text: rendered + (closes ? `\n${tags.close}\n\n` : '') + said, isOpen: isOpen && !closes };
  }
  const thinking = `${isOpen ? '' : `${tags.open}\n`}${texts.guard(thought)}`;
  const text = said === '' ? thinking : `${thinking}\n${tags.close}\n\n${said}`;
  return { text: rendered + text, isOpen: said === '' };
}

/** The tokens after those of an earlier conversation, which has begun already. */
function continued(model: LlamaModel, before: readonly number[], tokens: readonly number[]): number[] {
  const { bos, shouldPrependBosToken } = model.tokens;
  const begins = bos !== null && tokens[0] === bos;
  if (before.length > 0) {
    const { tokens: vocabulary } = model.fileInfo.metadata.tokenizer.ggml;
    if (before.some((token) => !Number.isInteger(token) || token < 0 || token >= vocabulary.length)) {
      throw new EngineFailure('invalid_format', told`There is a number that is no token of this model.`);
    }
    return [...before, ...(begins ? tokens.slice(1) : tokens)];
  }
  return bos !== null && shouldPrependBosToken && !begins ? [bos, ...tokens] : [...tokens];
}
