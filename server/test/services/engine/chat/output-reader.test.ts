import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Tool } from '../../../../src/models/language-model.ts';
import type { CallTags } from '../../../../src/services/engine/llama/child/chat/call-format.ts';
import type { OutputReader, ReadPart } from '../../../../src/services/engine/llama/child/chat/chat-form.ts';
import {
  createOutputReader,
  type OutputReaderOptions,
} from '../../../../src/services/engine/llama/child/chat/output-reader.ts';

const parameters = { type: 'object', properties: { city: { type: 'string' }, days: { type: 'integer' } } };
const tools: Tool[] = [
  { name: 'get_weather', description: '', parameters },
  { name: 'get_time', description: '', parameters },
];
const hermes: CallTags[] = [{ open: '<tool_call>', close: '</tool_call>' }];
const mistral: CallTags[] = [{ open: '[TOOL_CALLS]', close: null }];
const llama: CallTags[] = [{ open: '<|python_tag|>', close: null }];
const functionary: CallTags[] = [{ open: '<function=', close: '</function>' }];
const deepSeek: CallTags[] = [{ open: '<｜tool▁calls▁begin｜>', close: '<｜tool▁calls▁end｜>' }];
const tags = { open: '<think>', close: '</think>' };

function reader(openers: readonly CallTags[], thinking: OutputReaderOptions['thinking'] = null): OutputReader {
  return createOutputReader({ thinking, calls: { openers, tools } });
}

/** What the pieces came to, with the ids of calls left out and neighbours of one kind joined. */
function read(to: OutputReader, pieces: readonly string[]): unknown[] {
  return joined([...pieces.flatMap((piece) => to.push(piece)), ...to.end()]);
}

function joined(parts: readonly ReadPart[]): unknown[] {
  const all: { type: string; text: string }[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    if (part.type === 'tool-call') {
      all.push({ type: part.type, text: `${part.call.name} ${JSON.stringify(part.call.arguments)}` });
    } else if (last?.type === part.type) last.text += part.text;
    else all.push({ ...part });
  }
  return all;
}

function text(said: string) {
  return { type: 'text', text: said };
}

function thought(said: string) {
  return { type: 'thinking', text: said };
}

function call(said: string) {
  return { type: 'tool-call', text: said };
}

const weatherCall = '{"name": "get_weather", "arguments": {"city": "Manaus"}}';
const weather = call('get_weather {"city":"Manaus"}');

const forms: [string, readonly CallTags[], string, unknown[]][] = [
  [
    'no call',
    hermes,
    'Just <b>text</b> with [brackets] and {braces}.',
    [text('Just <b>text</b> with [brackets] and {braces}.')],
  ],
  ['Hermes and Qwen', hermes, `Let me see.\n<tool_call>\n${weatherCall}\n</tool_call>`, [text('Let me see.'), weather]],
  [
    'two calls',
    hermes,
    `<tool_call>${weatherCall}</tool_call>\n<tool_call>{"name":"get_time"}</tool_call>\n`,
    [weather, call('get_time {}')],
  ],
  ['a call that is not closed', hermes, `<tool_call>\n${weatherCall}`, [weather]],
  [
    'a closing tag inside of a string',
    hermes,
    '<tool_call>{"name":"get_time","arguments":{"city":"</tool_call>"}}</tool_call>',
    [call('get_time {"city":"</tool_call>"}')],
  ],
  [
    'Qwen coder',
    hermes,
    '<tool_call>\n<function=get_weather>\n<parameter=city>\nManaus\n</parameter>\n<parameter=days>\n3\n</parameter>\n</function>\n</tool_call>',
    [call('get_weather {"city":"Manaus","days":3}')],
  ],
  [
    'GLM',
    hermes,
    '<tool_call>get_weather\n<arg_key>city</arg_key>\n<arg_value>Manaus</arg_value>\n</tool_call>',
    [weather],
  ],
  [
    'Mistral',
    mistral,
    `[TOOL_CALLS][${weatherCall}, {"name":"get_time","arguments":{}}]`,
    [weather, call('get_time {}')],
  ],
  [
    'newer Mistral',
    mistral,
    '[TOOL_CALLS]get_weather[ARGS]{"city": "Manaus"}[TOOL_CALLS]get_time[CALL_ID]abc[ARGS]{}',
    [weather, call('get_time {}')],
  ],
  ['Llama 3', llama, '{"name": "get_weather", "parameters": {"city": "Manaus"}}', [weather]],
  [
    'Llama 3, twice',
    llama,
    '{"name": "get_weather", "parameters": {"city": "Manaus"}}; {"name": "get_time", "parameters": {}}',
    [weather, call('get_time {}')],
  ],
  ['Llama 3 with its tag', llama, '<|python_tag|>{"name": "get_weather", "parameters": {"city": "Manaus"}}', [weather]],
  ['Functionary', functionary, '<function=get_weather>{"city": "Manaus"}</function>', [weather]],
  [
    'DeepSeek',
    deepSeek,
    '<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>get_weather\n```json\n{"city": "Manaus"}\n```<｜tool▁call▁end｜><｜tool▁calls▁end｜>',
    [weather],
  ],
  [
    'JSON in a fence',
    [],
    '```json\n{"name": "get_weather", "arguments": "{\\"city\\": \\"Manaus\\"}"}\n```',
    [weather],
  ],
  [
    "OpenAI's shape",
    [],
    '[{"type": "function", "function": {"name": "get_weather", "arguments": {"city": "Manaus"}}}]',
    [weather],
  ],
];

const lost: [string, readonly CallTags[], string][] = [
  ['broken JSON', hermes, 'A <tool_call>{"name": get_weather}</tool_call> B'],
  ['a function that was not offered', hermes, '<tool_call>{"name":"rm","arguments":{}}</tool_call>'],
  ['arguments that are no object', hermes, '<tool_call>{"name":"get_time","arguments":[1]}</tool_call>'],
  ['a tag alone', hermes, 'Use <tool_call> for that.'],
  ['a part of a tag', hermes, 'Use <tool_'],
  ['JSON that is the answer', llama, '{"name": "João", "age": 3}'],
  ['JSON of other keys', llama, '{"city": "Manaus"}'],
  ['JSON that is cut off', llama, '{"name": "get_weather", "parameters": {"ci'],
  ['a list of sources', llama, '[1] Manaus is far.'],
  ['a fence of code', [], '```python\nprint(1)\n```'],
];

/** Every way to cut a text into pieces, some of them tried. */
function cuttings(whole: string): fc.Arbitrary<string[]> {
  return fc.array(fc.nat({ max: whole.length }), { maxLength: 12 }).map((places) => {
    const cuts = [0, ...places.toSorted((a, b) => a - b), whole.length];
    return cuts.slice(1).map((cut, index) => whole.slice(cuts[index], cut));
  });
}

describe('the reader of an answer', () => {
  it.each(forms)('finds calls: %s', (...[, openers, whole, expected]) => {
    expect(read(reader(openers), [whole])).toEqual(expected);
    expect(read(reader(openers), Array.from(whole))).toEqual(expected);
    fc.assert(
      fc.property(cuttings(whole), (pieces) => {
        expect(read(reader(openers), pieces)).toEqual(expected);
      }),
    );
  });

  it.each(lost)('gives back as text what is no call: %s', (_, openers, whole) => {
    fc.assert(
      fc.property(cuttings(whole), (pieces) => {
        expect(read(reader(openers), pieces)).toEqual([text(whole)]);
      }),
    );
  });

  it('names calls as Ollama does', () => {
    const [part] = reader(hermes).push(`<tool_call>${weatherCall}</tool_call>`);
    expect(part).toMatchObject({ call: { id: expect.stringMatching(/^call_[a-z0-9]{8}$/) as string } });
  });

  it('says text at once, and holds back only what may become a call', () => {
    const to = reader(hermes);
    expect(to.push('Hello')).toEqual([text('Hello')]);
    expect(to.push(' <b')).toEqual([text(' <b')]);
    expect(to.push(' <tool')).toEqual([]);
    expect(to.push('s>')).toEqual([text(' <tools>')]);
  });

  it('says the text of a JSON answer as soon as it cannot be a call', () => {
    const to = reader(llama);
    expect(to.push('{"ci')).toEqual([]);
    expect(to.push('ty"')).toEqual([text('{"city"')]);
  });

  it('does not hold back without end', () => {
    const to = reader(hermes);
    const parts = [...to.push('<tool_call>'), ...to.push('x'.repeat(100_000)), ...to.push('y')];
    expect(joined(parts)).toEqual([text(`<tool_call>${'x'.repeat(100_000)}y`)]);
  });

  it('loses nothing of any text', () => {
    const fragments = ['<tool_call>', '</tool_call>', '{"name":', '"get"', '}', '[', '<', ' ', '\n', 'a', '"', '```'];
    const any = fc.array(fc.oneof(fc.constantFrom(...fragments), fc.string({ maxLength: 3 })), { maxLength: 15 });
    fc.assert(
      fc.property(any, (pieces) => {
        expect(read(reader(hermes), pieces)).toEqual(pieces.join('') === '' ? [] : [text(pieces.join(''))]);
      }),
    );
  });
});

describe('the reader of thoughts', () => {
  const open = { tags, isOpen: true };
  const closed = { tags, isOpen: false };

  it.each([
    ['a thought and an answer', closed, '<think>\nHm.\n</think>\n\nYes.', [thought('Hm.'), text('Yes.')]],
    ['a thought that the prompt began', open, 'Hm. So?\n</think>\nYes.', [thought('Hm. So?'), text('Yes.')]],
    ['a thought without end', open, 'Hm', [thought('Hm')]],
    [
      'a thought and a call',
      closed,
      `<think>Hm</think>\n<tool_call>${weatherCall}</tool_call>`,
      [thought('Hm'), weather],
    ],
    [
      'a call in a thought is a thought',
      open,
      `<tool_call>${weatherCall}</tool_call></think>ok`,
      [thought(`<tool_call>${weatherCall}</tool_call>`), text('ok')],
    ],
    ['no thought', closed, ' Yes, 1 < 2.', [text(' Yes, 1 < 2.')]],
    ['an empty thought', closed, '<think>\n\n</think>\n\nYes', [text('Yes')]],
    ['tags in the middle of an answer', closed, 'Say <think>hm</think>', [text('Say <think>hm</think>')]],
  ] as const)('%s', (...[, thinking, whole, expected]) => {
    fc.assert(
      fc.property(cuttings(whole), (pieces) => {
        expect(read(reader(hermes, thinking), pieces)).toEqual(expected);
      }),
    );
  });

  it('leaves the text of a model that does not think alone', () => {
    const whole = '<think>Hm</think> Yes ';
    const to = createOutputReader({ thinking: null, calls: null });
    expect(read(to, Array.from(whole))).toEqual([text(whole)]);
  });
});
