import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Tool } from '../../../../src/models/language-model.ts';
import { channelCalls, createChannelReader } from '../../../../src/services/engine/llama/child/chat/channel-reader.ts';

const tools: Tool[] = [{ name: 'get_weather', description: '', parameters: {} }];

function read(pieces: readonly string[]): unknown[] {
  const reader = createChannelReader(tools);
  const parts = [...pieces.flatMap((piece) => reader.push(piece)), ...reader.end()];
  const joined: { type: string; text: string }[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    const text = part.type === 'tool-call' ? `${part.call.name} ${JSON.stringify(part.call.arguments)}` : part.text;
    if (last?.type === part.type && part.type !== 'tool-call') last.text += text;
    else joined.push({ type: part.type, text });
  }
  return joined;
}

const { before, after } = channelCalls.write('get_weather');

describe('the reader of channels', () => {
  it.each([
    [
      'thoughts and an answer',
      '<|channel|>analysis<|message|>Hm < 2<|end|><|start|>assistant<|channel|>final<|message|>Yes <b>',
      [
        { type: 'thinking', text: 'Hm < 2' },
        { type: 'text', text: 'Yes <b>' },
      ],
    ],
    [
      'a call',
      '<|channel|>analysis<|message|>Hm<|end|><|start|>assistant<|channel|>commentary to=functions.get_weather <|constrain|>json<|message|>{"city": "Manaus"}<|call|>',
      [
        { type: 'thinking', text: 'Hm' },
        { type: 'tool-call', text: 'get_weather {"city":"Manaus"}' },
      ],
    ],
    [
      'a call that is not closed, with its function before the channel',
      ' to=functions.get_weather<|channel|>commentary json<|message|>{}',
      [{ type: 'tool-call', text: 'get_weather {}' }],
    ],
    ['a forced call', `${before}{"city": "x"}${after}`, [{ type: 'tool-call', text: 'get_weather {"city":"x"}' }]],
    ['an answer without a channel', 'Yes, total < 3', [{ type: 'text', text: 'Yes, total < 3' }]],
    [
      'a broken call',
      '<|channel|>commentary to=functions.get_weather json<|message|>{oops<|call|>',
      [{ type: 'text', text: '<|channel|>commentary to=functions.get_weather json<|message|>{oops' }],
    ],
    [
      'words about a call',
      '<|channel|>commentary<|message|>I will look.<|end|>',
      [{ type: 'text', text: 'I will look.' }],
    ],
  ])('reads %s', (_, whole, expected) => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: whole.length }), { maxLength: 12 }), (places) => {
        const cuts = [0, ...places.toSorted((a, b) => a - b), whole.length];
        expect(read(cuts.slice(1).map((cut, index) => whole.slice(cuts[index], cut)))).toEqual(expected);
      }),
    );
  });
});
