import { onTestFinished } from 'vitest';
import type { Tool } from '../../src/models/language-model.ts';
import type { ChatPrompt } from '../../src/ports/engine.ts';
import type { ChatForm } from '../../src/services/engine/llama/child/chat/chat-form.ts';
import { createChatPrompt } from '../../src/services/engine/llama/child/prompt/chat-prompt.ts';
import { openVocabularyModel, type VocabularyOptions } from './vocabulary-model.ts';

const control = ['<s>', '</s>', '<|im_start|>', '<|im_end|>', '[INST]', '[/INST]', '[TOOL_CALLS]', '[TOOL_RESULTS]'];
const more = ['[/TOOL_RESULTS]', '[AVAILABLE_TOOLS]', '[/AVAILABLE_TOOLS]', '<start_of_turn>', '<end_of_turn>'];
const llama = ['<|start_header_id|>', '<|end_header_id|>', '<|eot_id|>', '<|python_tag|>'];
const channels = ['<|start|>', '<|channel|>', '<|message|>', '<|end|>', '<|call|>', '<|return|>', '<|constrain|>'];
/** The special tokens of several families. */
export const vocabulary = {
  control: [...control, ...more, ...llama, ...channels],
  userDefined: ['<think>', '</think>', '<tool_call>', '</tool_call>', '<tool_response>', '</tool_response>'],
  prependsBos: false,
} satisfies VocabularyOptions;
export const specialTexts = [...vocabulary.control, ...vocabulary.userDefined];

export const weather: Tool = {
  name: 'get_weather',
  description: 'Says what the weather is.',
  parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
};
const now = () => new Date('2026-11-21T12:00:00Z');

type Asked = Omit<ChatPrompt, 'type'>;

/** Writes the chats of a model with this template, until the test is over. */
export async function chatOf(template: string | undefined, options: Partial<VocabularyOptions> = {}) {
  const opened = await openVocabularyModel({
    ...vocabulary,
    ...options,
    ...(template === undefined ? {} : { template }),
  });
  onTestFinished(() => opened[Symbol.asyncDispose]());
  const form = createChatPrompt(opened.model, { now });
  const textOf = ({ tokens }: ChatForm): string => opened.model.detokenize(tokens as never, true);
  const write = (prompt: Asked): ChatForm => form({ type: 'chat', ...prompt });
  return { write, prompt: (prompt: Asked): string => textOf(write(prompt)) };
}
