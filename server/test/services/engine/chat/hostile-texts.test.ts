import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChatMessage } from '../../../../src/models/language-model.ts';
import { chatTemplates } from '../../../support/chat-templates.ts';
import { chatOf, specialTexts, vocabulary, weather } from '../../../support/vocabulary-chat.ts';

function user(text: string): ChatMessage {
  return { role: 'user', text };
}

describe('hostile texts in the chat prompt', () => {
  /** Cut into halves, so that texts can complete each other, and with what the library itself uses as a mark. */
  const fragments = [...specialTexts, ...specialTexts.flatMap((text) => [text.slice(0, 3), text.slice(3)]), '\uFDD0'];
  const hostileParts = fc.array(fc.oneof(fc.constantFrom(...fragments), fc.string({ maxLength: 4 })), { maxLength: 5 });
  const hostileText = hostileParts.map((parts) => parts.join(''));

  it.each(Object.entries(chatTemplates))('become no special tokens: %s', async (_, template) => {
    const { write } = await chatOf(template);
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
    const { prompt } = await chatOf(chatTemplates.qwen3);
    const texts = specialTexts.join(' ');
    expect(prompt({ messages: [user(`a ${texts} b`)] })).toContain(`user\na ${texts} b<|im_end|>`);
  });
});
