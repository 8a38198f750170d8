import { describe, expect, it } from 'vitest';
import { renderChat } from '../../../src/core/templates/render-chat.ts';
import { renderQuestion } from '../../../src/core/templates/render-question.ts';
import type { ChatMessage, Tool } from '../../../src/models/language-model.ts';
import { ollamaTemplates } from '../../support/ollama-templates.ts';

const now = () => new Date('2026-11-21T01:00:00Z');
const system: ChatMessage = { role: 'system', text: 'You are kind.' };
const hello: ChatMessage = { role: 'user', text: 'Hello' };
const hi: ChatMessage = { role: 'assistant', text: 'Hi there' };
const how: ChatMessage = { role: 'user', text: 'How are you?' };

function chat(
  template: string,
  messages: readonly ChatMessage[],
  more: { tools?: Tool[]; think?: boolean } = {},
): string {
  return joined(renderChat({ template, messages, now, ...more }));
}

function joined(pieces: readonly { text: string }[]): string {
  return pieces.map(({ text }) => text).join('');
}

describe('the templates of Ollama', () => {
  it.each(Object.entries(ollamaTemplates))('%s', (_, { template, user, systemUser, conversation }) => {
    expect(chat(template, [hello])).toBe(user);
    expect(chat(template, [system, hello])).toBe(systemUser);
    expect(chat(template, [system, hello, hi, how])).toBe(conversation);
    expect(joined(renderQuestion({ template, prompt: 'Hello', system: 'You are kind.', now }))).toBe(systemUser);
  });

  it.each(Object.entries(ollamaTemplates))('make no special token of a text: %s', (_, { template }) => {
    const pieces = renderChat({ template, messages: [system, { role: 'user', text: 'a<|im_start|>b' }], now });
    expect(
      pieces
        .filter(({ special }) => special)
        .map(({ text }) => text)
        .join(''),
    ).not.toContain('a<|im_start|>b');
    expect(pieces.some(({ text, special }) => !special && text.includes('a<|im_start|>b'))).toBe(true);
  });
});

describe('a chat by a template', () => {
  const pairs = '{{ if .System }}S:{{ .System }} {{ end }}{{ if .Prompt }}U:{{ .Prompt }} {{ end }}A:{{ .Response }};';
  const list = '{{ range .Messages }}<|{{ .Role }}|>{{ .Content }}{{ end }}';

  it('joins neighbours of one role, but for results of tools', () => {
    expect(chat(list, [hello, how])).toBe('<|user|>Hello\n\nHow are you?');
    const results: ChatMessage[] = ['1', '2'].map((text) => ({ role: 'tool', text }));
    expect(chat(list, results)).toBe('<|tool|>1<|tool|>2');
  });

  it('goes through pairs where the template knows no messages', () => {
    expect(chat(pairs, [system, hello, hi, how])).toBe('S:You are kind. U:Hello A:Hi there;U:How are you? A:');
    expect(chat(pairs, [hello, hi, system, how])).toBe('U:Hello A:Hi there;S:You are kind. U:How are you? A:');
  });

  it('ends where the answer begins, and goes on with an answer that has begun', () => {
    expect(chat(pairs, [hello])).toBe('U:Hello A:');
    expect(chat(pairs, [hello, hi])).toBe('U:Hello A:Hi there');
  });

  it('cuts in a branch too, with all that follows', () => {
    const template = '{{ .Prompt }}{{ if .Prompt }}[{{ .Response }}]{{ end }}{{ .System }}!';
    expect(chat(template, [hello])).toBe('Hello[');
    expect(chat(template, [hello, hi, how])).toBe('Hello[Hi there]!How are you?[');
  });

  it('has a place for the answer even where the template has none', () => {
    expect(chat('Q: {{ .Prompt }}\n', [hello, hi, how])).toBe('Q: Hello\nHi thereQ: How are you?\n');
  });

  it('puts all that the system said into .System', () => {
    const template = '{{ .System }}|{{ range .Messages }}{{ end }}';
    expect(chat(template, [system, hello, { role: 'system', text: 'Be short.' }])).toBe('You are kind.\n\nBe short.|');
  });

  it('takes the role for a word of the template, since it is one of four', () => {
    expect(renderChat({ template: list, messages: [hello], now })).toEqual([
      { text: '<|user|>', special: true },
      { text: 'Hello', special: false },
    ]);
  });

  it('knows tools, calls and results', () => {
    const weather: Tool = {
      name: 'get_weather',
      description: 'Weather & more',
      parameters: {
        type: 'object',
        required: ['city'],
        properties: { city: { type: 'string', description: 'Where' }, days: { type: ['integer', 'null'] } },
      },
    };
    const call = { id: 'call_1', name: 'get_weather', arguments: { city: 'Manaus' } };
    const messages: ChatMessage[] = [
      hello,
      { role: 'assistant', text: '', toolCalls: [call], thinking: 'Hm' },
      { role: 'tool', text: 'Rain', toolCallId: 'call_1', toolName: 'get_weather' },
    ];
    const template =
      '{{ .Tools }}\n{{ range .Tools }}{{ .Function.Name }}: {{ range $name, $p := .Function.Parameters.Properties }}' +
      '{{ $name }}: {{ $p.Type }} {{ toTypeScriptType $p }}; {{ end }}{{ .Function.Parameters.Required }}{{ end }}\n' +
      '{{ range .Messages }}{{ .Thinking }}{{ range .ToolCalls }}{"name": "{{ .Function.Name }}", "arguments": {{ .Function.Arguments }}}' +
      '{{ end }}{{ if eq .Role "tool" }}{{ .ToolName }}={{ .Content }}{{ end }}{{ end }}';
    expect(chat(template, messages, { tools: [weather] }).split('\n')).toEqual([
      '[{"type":"function","function":{"name":"get_weather","description":"Weather \\u0026 more","parameters":{"type":"object","required":["city"],"properties":{"city":{"type":"string","description":"Where"},"days":{"type":["integer","null"]}}}}}]',
      'get_weather: city: string string; days: [integer null] number | null; [city]',
      'Hm{"name": "get_weather", "arguments": {"city":"Manaus"}}get_weather=Rain',
    ]);
    expect(chat('{{ if .Tools }}tools{{ end }}{{ range .Messages }}{{ end }}', messages)).toBe('');
  });

  it('tells the template about thinking', () => {
    const template = '{{ .Think }} {{ .IsThinkSet }} {{ .ThinkLevel }}{{ range .Messages }}{{ end }}';
    expect(chat(template, [hello])).toBe('false false ');
    expect(chat(template, [hello], { think: false })).toBe('false true ');
    expect(joined(renderChat({ template, messages: [hello], think: 'high', now }))).toBe('true true high');
  });

  it('fills gaps with a template that knows of them', () => {
    const template = '{{ if .Suffix }}<PRE>{{ .Prompt }}<SUF>{{ .Suffix }}<MID>{{ else }}{{ .Prompt }}{{ end }}';
    expect(renderQuestion({ template, prompt: 'a<MID>', suffix: 'b', now })).toEqual([
      { text: '<PRE>', special: true },
      { text: 'a<MID>', special: false },
      { text: '<SUF>', special: true },
      { text: 'b', special: false },
      { text: '<MID>', special: true },
    ]);
  });

  it('bounds the work of all pairs together', () => {
    const messages = Array.from({ length: 2000 }, (_, index) => (index % 2 === 0 ? hello : hi));
    const template = '{{ range 9000 }}{{ end }}{{ .Prompt }}{{ .Response }}';
    expect(() => renderChat({ template, messages, now })).toThrow('does too much work');
  });
});
