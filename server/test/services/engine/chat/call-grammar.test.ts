import { describe, expect, it } from 'vitest';
import type { Tool } from '../../../../src/models/language-model.ts';
import {
  type CallFormat,
  callFormatOf,
  plainCalls,
} from '../../../../src/services/engine/llama/child/chat/call-format.ts';
import { callGrammar } from '../../../../src/services/engine/llama/child/chat/call-grammar.ts';
import { createOutputReader } from '../../../../src/services/engine/llama/child/chat/output-reader.ts';
import { sharedLlama } from '../../../support/vocabulary-model.ts';

const tools: Tool[] = [
  {
    name: 'get_weather',
    description: '',
    parameters: {
      type: 'object',
      properties: { city: { type: 'string' }, days: { type: 'integer' } },
      required: ['city'],
    },
  },
  { name: 'get_time', description: '', parameters: {} },
];

/** What the templates of the families say, as far as it tells them apart. */
const formats: [string, CallFormat][] = [
  ['Hermes and Qwen', callFormatOf('\'\\n<tool_call>\\n{"name": "\'')],
  ['Llama 3', callFormatOf('{"name": "\' + tool_call.name + \'", "parameters": \'')],
  ['Mistral', callFormatOf('{{ "[TOOL_CALLS]" }}')],
  ['newer Mistral', callFormatOf('{{ "[TOOL_CALLS]" + name + "[ARGS]" }}')],
  ['Functionary', callFormatOf("'<function=' + name + '>' + arguments + '</function>'")],
  ['Granite', callFormatOf('<|tool_call|>')],
  ['Command R', callFormatOf('<|START_ACTION|>')],
  ['DeepSeek', callFormatOf('<｜tool▁calls▁begin｜>')],
  ['all others', plainCalls],
];

interface Matcher {
  _testText(text: string): boolean;
}

async function matcherOf(grammar: string | null): Promise<(text: string) => boolean> {
  const llama = await sharedLlama();
  const matcher = (await llama.createGrammar({ grammar: grammar ?? '' })) as unknown as Matcher;
  const { _testText: test } = matcher;
  return (text) => test.call(matcher, text);
}

describe('the grammar of forced calls', () => {
  it.each(formats)('takes calls of the form, which are read again: %s', async (_, format) => {
    const matches = await matcherOf(callGrammar({ tools, toolChoice: 'required', format }));
    const { before, after } = format.write('get_weather');
    const written = `${before}{"city": "São \\"Luís\\"", "days": 3}${after}`;
    expect(matches(written)).toBe(true);
    expect(matches(`${before}{"days": 3}${after}`)).toBe(false);
    expect(matches('I will look.')).toBe(false);
    const reader = createOutputReader({ thinking: null, calls: { openers: format.openers, tools } });
    expect([...reader.push(written), ...reader.end()]).toMatchObject([
      { type: 'tool-call', call: { name: 'get_weather', arguments: { city: 'São "Luís"', days: 3 } } },
    ]);
  });

  it('takes the chosen function only', async () => {
    const matches = await matcherOf(callGrammar({ tools, toolChoice: { name: 'get_time' }, format: plainCalls }));
    expect(matches('{"name": "get_time", "arguments": {}}')).toBe(true);
    expect(matches('{"name": "get_weather", "arguments": {"city": "x"}}')).toBe(false);
  });

  it('is not there when the model may choose', () => {
    expect(callGrammar({ tools, toolChoice: 'auto', format: plainCalls })).toBeNull();
    expect(callGrammar({ tools: [], toolChoice: 'required', format: plainCalls })).toBeNull();
  });

  it('fails for a schema that nothing can be forced into', () => {
    const impossible: Tool = { name: 'f', description: '', parameters: { properties: { a: false }, required: ['a'] } };
    expect(() => callGrammar({ tools: [impossible], toolChoice: 'required', format: plainCalls })).toThrow('schema');
  });
});
