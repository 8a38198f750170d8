import { resolveChatWrapper } from 'node-llama-cpp';
import { describe, expect, it } from 'vitest';
import type { ChatMessage } from '../../../../src/models/language-model.ts';
import { createChatPrompt } from '../../../../src/services/engine/llama/child/prompt/chat-prompt.ts';
import { chatTemplates } from '../../../support/chat-templates.ts';
import { chatOf, vocabulary, weather } from '../../../support/vocabulary-chat.ts';
import { sharedLlama } from '../../../support/vocabulary-model.ts';

function user(text: string): ChatMessage {
  return { role: 'user', text };
}

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
