import fc from 'fast-check';
import { resolveChatWrapper } from 'node-llama-cpp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChatMessage, Tool } from '../../../../src/models/language-model.ts';
import type { ChatPrompt } from '../../../../src/ports/engine.ts';
import type { ChatForm } from '../../../../src/services/engine/llama/child/chat/chat-form.ts';
import { createChatPrompt } from '../../../../src/services/engine/llama/child/chat-prompt.ts';
import { chatTemplates } from '../../../support/chat-templates.ts';
import {
  openVocabularyModel,
  sharedLlama,
  type VocabularyModel,
  type VocabularyOptions,
} from '../../../support/vocabulary-model.ts';

const control = ['<s>', '</s>', '<|im_start|>', '<|im_end|>', '[INST]', '[/INST]', '[TOOL_CALLS]', '[TOOL_RESULTS]'];
const more = ['[/TOOL_RESULTS]', '[AVAILABLE_TOOLS]', '[/AVAILABLE_TOOLS]', '<start_of_turn>', '<end_of_turn>'];
const llama = ['<|start_header_id|>', '<|end_header_id|>', '<|eot_id|>', '<|python_tag|>'];
const channels = ['<|start|>', '<|channel|>', '<|message|>', '<|end|>', '<|call|>', '<|return|>', '<|constrain|>'];
const vocabulary = {
  control: [...control, ...more, ...llama, ...channels],
  userDefined: ['<think>', '</think>', '<tool_call>', '</tool_call>', '<tool_response>', '</tool_response>'],
  prependsBos: false,
} satisfies VocabularyOptions;
const specialTexts = [...vocabulary.control, ...vocabulary.userDefined];

const weather: Tool = {
  name: 'get_weather',
  description: 'Says what the weather is.',
  parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
};
const now = () => new Date('2026-11-21T12:00:00Z');
const open: VocabularyModel[] = [];

async function chatOf(template: string | undefined, options: Partial<VocabularyOptions> = {}) {
  const opened = await openVocabularyModel({
    ...vocabulary,
    ...options,
    ...(template === undefined ? {} : { template }),
  });
  open.push(opened);
  const form = createChatPrompt(opened.model, { now });
  const textOf = ({ tokens }: ChatForm) => opened.model.detokenize(tokens as never, true);
  const write = (prompt: Omit<ChatPrompt, 'type'>) => form({ type: 'chat', ...prompt });
  return { write, textOf, prompt: (prompt: Omit<ChatPrompt, 'type'>) => textOf(write(prompt)) };
}

function user(text: string): ChatMessage {
  return { role: 'user', text };
}

afterAll(async () => {
  for (const opened of open) await opened[Symbol.asyncDispose]();
});

describe('the chat prompt', () => {
  it('is written by the template of the file', async () => {
    const { prompt } = await chatOf(chatTemplates.qwen3);
    expect(prompt({ messages: [{ role: 'system', text: 'Be kind.' }, user('Hi')] })).toBe(
      '<|im_start|>system\nBe kind.<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n',
    );
  });

  it('begins with the beginning token once, whether the template writes it or not', async () => {
    const written = await chatOf(chatTemplates.mistral, { prependsBos: true });
    expect(written.prompt({ messages: [user('Hi')] })).toBe('<s>[INST]Hi[/INST]');
    const unwritten = await chatOf(chatTemplates.qwen3, { prependsBos: true });
    expect(unwritten.prompt({ messages: [user('Hi')] })).toMatch(/^<s><\|im_start\|>user/);
  });

  it('goes on after the tokens of an earlier conversation', async () => {
    const { write } = await chatOf(chatTemplates.mistral, { prependsBos: true });
    const first = write({ messages: [user('Hi')] });
    const second = write({ messages: [user('Hi')], before: [0, 30, 31] });
    expect(second.tokens).toEqual([0, 30, 31, ...first.tokens.slice(1)]);
    expect(() => write({ messages: [user('Hi')], before: [1_000_000] })).toThrow('no token of this model');
  });

  it('continues what the assistant has begun to say', async () => {
    const { prompt } = await chatOf(chatTemplates.qwen3);
    const text = prompt({ messages: [user('Count'), { role: 'assistant', text: 'One, two, ' }] });
    expect(text).toMatch(/<\|im_start\|>assistant\nOne, two, $/);
  });

  it('puts the words of the system into those of the user where the template has no system', async () => {
    const { prompt } = await chatOf(chatTemplates.gemma);
    expect(prompt({ messages: [{ role: 'system', text: 'Be kind.' }, user('Hi')] })).toBe(
      '<s><start_of_turn>user\nBe kind.\n\nHi<end_of_turn>\n<start_of_turn>model\n',
    );
  });

  it('joins messages where the template wants turns', async () => {
    const { prompt } = await chatOf(chatTemplates.gemma);
    expect(prompt({ messages: [user('One'), user('Two'), { role: 'assistant', text: 'Yes' }, user('Three')] })).toBe(
      '<s><start_of_turn>user\nOne\n\nTwo<end_of_turn>\n<start_of_turn>model\nYes<end_of_turn>\n' +
        '<start_of_turn>user\nThree<end_of_turn>\n<start_of_turn>model\n',
    );
  });

  it('ends with the token that the template writes after an answer', async () => {
    const { write } = await chatOf(chatTemplates.gemma);
    expect([...write({ messages: [user('Hi')] }).endTokens]).toEqual([vocabulary.control.indexOf('<end_of_turn>')]);
  });

  it('is the usual one of the library where the file has no template, or a broken one', async () => {
    const without = await chatOf(undefined);
    const broken = await chatOf('{% for %}');
    const messages = [user('Hi')];
    expect(without.prompt({ messages })).toContain('Hi');
    expect(broken.prompt({ messages })).toBe(without.prompt({ messages }));
  });

  it('for nano is what it was trained on', async () => {
    const model = await (await sharedLlama()).loadModel({ modelPath: 'models/nano/nano.gguf', vocabOnly: true });
    const messages = [
      { role: 'system', text: 'Responda.' },
      { role: 'user', text: ' [1] Prazo\nSão 12 dias <|eot_id|>.\n\nPergunta: qual?  ' },
    ] as const;
    const { contextText } = resolveChatWrapper(model).generateContextState({
      chatHistory: [
        { type: 'system', text: messages[0].text },
        { type: 'user', text: messages[1].text },
        { type: 'model', response: [''] },
      ],
    });
    const { tokens } = createChatPrompt(model)({ type: 'chat', messages });
    expect(model.detokenize(tokens as never, true)).toBe(model.detokenize(contextText.tokenize(model.tokenizer), true));
    await model.dispose();
  });
});

describe('tools in the chat prompt', () => {
  const call = { id: 'call_abcd1234', name: 'get_weather', arguments: { city: 'Manaus' } };
  const messages: ChatMessage[] = [
    user('Weather?'),
    { role: 'assistant', text: '', toolCalls: [call] },
    { role: 'tool', text: 'Rain', toolCallId: call.id },
  ];

  it('are described by the template that knows them, with calls and results', async () => {
    const { prompt } = await chatOf(chatTemplates.qwen3);
    const text = prompt({ messages, tools: [weather] });
    expect(text).toContain('<tools>\n{"type": "function", "function": {"name": "get_weather"');
    expect(text).toContain('<tool_call>\n{"name": "get_weather", "arguments": {"city": "Manaus"}}\n</tool_call>');
    expect(text).toContain('<tool_response>\nRain\n</tool_response>');
  });

  it('have the short ids that some templates insist on', async () => {
    const { prompt } = await chatOf(chatTemplates.mistral);
    const text = prompt({ messages, tools: [weather] });
    expect(text).toContain('"id": "call00000"}]</s>');
    expect(text).toContain('"call_id": "call00000"}[/TOOL_RESULTS]');
  });

  it('are called one by one where the template takes one call only', async () => {
    const { prompt } = await chatOf(chatTemplates.llama);
    const second = { ...call, id: 'call_2', arguments: { city: 'Natal' } };
    const text = prompt({
      messages: [
        user('Weather?'),
        { role: 'assistant', text: '', toolCalls: [call, second] },
        { role: 'tool', text: 'Sun', toolCallId: 'call_2' },
        { role: 'tool', text: 'Rain', toolCallId: call.id },
      ],
      tools: [weather],
    });
    expect(text.indexOf('Manaus')).toBeLessThan(text.indexOf('Rain'));
    expect(text.indexOf('Rain')).toBeLessThan(text.indexOf('Natal'));
    expect(text.indexOf('Natal')).toBeLessThan(text.indexOf('Sun'));
  });

  it('are described in words where the template does not know them', async () => {
    const { prompt } = await chatOf(chatTemplates.gemma);
    const text = prompt({ messages, tools: [weather] });
    expect(text).toContain('answer with nothing but JSON of this form: {"name": "<function>", "arguments"');
    expect(text).toContain('<start_of_turn>model\n{"name":"get_weather","arguments":{"city":"Manaus"}}<end_of_turn>');
    expect(text).toContain('Result of get_weather:\nRain');
  });

  it('are hidden when none may be called', async () => {
    const { prompt, write } = await chatOf(chatTemplates.qwen3);
    const hidden = { messages: [user('Weather?')], tools: [weather], toolChoice: 'none' } as const;
    expect(prompt(hidden)).not.toContain('get_weather');
    const text = '<tool_call>{"name": "get_weather"}</tool_call>';
    expect(write(hidden).createReader().push(text)).toEqual([{ type: 'text', text }]);
  });

  it('are forced by a grammar when one must be called', async () => {
    const { write } = await chatOf(chatTemplates.qwen3);
    const other = { ...weather, name: 'get_time' };
    const chat = { messages: [user('Weather?')], tools: [weather, other] };
    expect(write(chat).grammar).toBeNull();
    expect(write({ ...chat, toolChoice: 'required' }).grammar).toMatch(/get_weather[^]*get_time/);
    expect(write({ ...chat, toolChoice: { name: 'get_time' } }).grammar).not.toContain('get_weather');
    expect(() => write({ ...chat, toolChoice: { name: 'nope' } })).toThrow('not among the tools');
  });

  it('tell which special tokens are to be seen', async () => {
    const { write } = await chatOf(chatTemplates.mistral);
    expect([...write({ messages }).shownTokens]).toEqual([vocabulary.control.indexOf('[TOOL_CALLS]')]);
  });
});

describe('thinking in the chat prompt', () => {
  it('is switched off where the template has a switch', async () => {
    const { prompt } = await chatOf(chatTemplates.qwen3);
    expect(prompt({ messages: [user('Hi')], think: false })).toMatch(/assistant\n<think>\n\n<\/think>\n\n$/);
    expect(prompt({ messages: [user('Hi')], think: true })).toMatch(/assistant\n$/);
  });

  it('is read as begun where the template opens it, and closed when it is not wanted', async () => {
    const { prompt, write } = await chatOf(chatTemplates.deepSeek);
    expect(prompt({ messages: [user('Hi')] })).toMatch(/<think>\n$/);
    expect(
      write({ messages: [user('Hi')] })
        .createReader()
        .push('Hm'),
    ).toEqual([{ type: 'thinking', text: 'Hm' }]);
    const off = { messages: [user('Hi')], think: false };
    expect(prompt(off)).toMatch(/<think>\n\n<\/think>\n\n$/);
    expect(write(off).createReader().push('Hm')).toEqual([{ type: 'text', text: 'Hm' }]);
  });

  it('of an earlier message is given to a template that asks for it, and comes before what is continued', async () => {
    const { prompt } = await chatOf(chatTemplates.qwen3);
    const said: ChatMessage = { role: 'assistant', text: 'Yes', thinking: 'Hm' };
    expect(prompt({ messages: [user('Hi'), said] })).toMatch(/assistant\n<think>\nHm\n<\/think>\n\nYes$/);
  });
});

describe('channels in the chat prompt', () => {
  it('are written and read as the model was trained', async () => {
    const { prompt, write } = await chatOf(chatTemplates.channels);
    const call = { id: 'call_abcd1234', name: 'get_weather', arguments: { city: 'Manaus' } };
    const messages: ChatMessage[] = [
      { role: 'system', text: 'Be kind.' },
      user('Weather?'),
      { role: 'assistant', text: 'I will look.', thinking: 'Hm', toolCalls: [call] },
      { role: 'tool', text: 'Rain', toolCallId: call.id },
    ];
    const text = prompt({ messages, tools: [weather] });
    expect(text).toContain('<|start|>developer<|message|># Instructions\n\nBe kind.');
    expect(text).toContain('type get_weather = object');
    expect(text).toContain(
      '<|channel|>analysis<|message|>I will look.<|end|><|start|>assistant to=functions.get_weather' +
        '<|channel|>commentary json<|message|>{"city": "Manaus"}<|call|>',
    );
    expect(text).toMatch(/<\|start\|>assistant$/);
    const reader = write({ messages, tools: [weather] }).createReader();
    expect(reader.push('<|channel|>analysis<|message|>So<|end|>')).toEqual([{ type: 'thinking', text: 'So' }]);
    expect(write({ messages, tools: [weather], toolChoice: 'required' }).grammar).toContain('to=functions.get_weather');
    const begun: ChatMessage = { role: 'assistant', text: 'It rains' };
    expect(prompt({ messages: [...messages, begun] })).toMatch(/<\|channel\|>final<\|message\|>It rains$/);
  });
});

describe('hostile texts in the chat prompt', () => {
  const chats = {} as Record<string, Awaited<ReturnType<typeof chatOf>>>;
  beforeAll(async () => {
    for (const [name, template] of Object.entries(chatTemplates)) chats[name] = await chatOf(template);
  });

  /** Cut into halves, so that texts can complete each other, and with what the library itself uses as a mark. */
  const fragments = [...specialTexts, ...specialTexts.flatMap((text) => [text.slice(0, 3), text.slice(3)]), '\uFDD0'];
  const hostileParts = fc.array(fc.oneof(fc.constantFrom(...fragments), fc.string({ maxLength: 4 })), { maxLength: 5 });
  const hostileText = hostileParts.map((parts) => parts.join(''));

  it.each(Object.entries(chatTemplates))('become no special tokens: %s', (name, template) => {
    const { write } = chats[name] as Awaited<ReturnType<typeof chatOf>>;
    // A tag that the template does not use means nothing to the model, and is one token in all texts.
    const meaningful = specialTexts.map((text) => vocabulary.control.includes(text) || template.includes(text));
    function specials(values: readonly string[]): number[] {
      // No two are equal, for templates compare them.
      const [system = '', question = '', said = '', thinking = '', argument = '', result = '', description = ''] =
        values.map((value, index) => `x${index}${value}`);
      const { tokens } = write({
        messages: [
          { role: 'system', text: system },
          user(question),
          { role: 'assistant', text: said, thinking },
          user(question),
          {
            role: 'assistant',
            text: '',
            toolCalls: [{ id: argument, name: 'get_weather', arguments: { [argument]: argument } }],
          },
          { role: 'tool', text: result, toolCallId: argument },
          user(said),
        ],
        tools: [{ ...weather, description, parameters: { type: 'object', description: argument } }],
      });
      return tokens.filter((token) => meaningful[token] === true);
    }
    const harmless = specials(Array.from({ length: 7 }, () => ''));
    expect(harmless.length).toBeGreaterThan(3);
    fc.assert(
      fc.property(fc.array(hostileText, { minLength: 7, maxLength: 7 }), (values) => {
        expect(specials(values)).toEqual(harmless);
      }),
      { numRuns: 100 },
    );
  });

  it('arrive unchanged', async () => {
    const { prompt } = chats['qwen3'] as Awaited<ReturnType<typeof chatOf>>;
    const texts = specialTexts.join(' ');
    expect(prompt({ messages: [user(`a ${texts} b`)] })).toContain(`user\na ${texts} b<|im_end|>`);
  });
});
