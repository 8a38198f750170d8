import { describe, expect, it } from 'vitest';
import type { ChatMessage, Tool, ToolCall } from '../../../src/models/language-model.ts';
import { createBoundPrompt } from '../../../src/services/engine/llama/child/prompt/prompt-bound.ts';

/** A word is a token, and no word is longer than ten characters. */
const bound = createBoundPrompt({ longestToken: 10, countTokens: (text) => text.split(' ').length });
const contextTokens = 20;
const drop = { contextTokens, overflow: { type: 'drop-messages' } } as const;
const cut = { contextTokens, overflow: { type: 'cut-middle', keep: 4 } } as const;
const reject = { contextTokens, overflow: { type: 'reject' } } as const;
const callWith = (value: string): ToolCall => ({ id: 'call_1', name: 'note', arguments: { value } });
const toolWith = (description: string): Tool => ({ name: 'note', description, parameters: {} });
const said = (role: ChatMessage['role'], text: string): ChatMessage => ({ role, text });

describe('the bound of a prompt', () => {
  it('leaves alone what may fit', () => {
    const chat = { type: 'chat', messages: [said('user', 'a b c')] } as const;
    for (const options of [drop, cut, reject]) expect(bound(chat, options)).toEqual(chat);
  });

  it('counts no more of ten thousand messages than could fit, and keeps the system’s and the last', () => {
    const counted: string[] = [];
    const watched = createBoundPrompt({
      longestToken: 10,
      countTokens: (text) => (counted.push(text), text.split(' ').length),
    });
    const turns = Array.from({ length: 10_000 }, (_, index) =>
      said(index % 2 === 0 ? 'user' : 'assistant', `w${index}`),
    );
    const messages = [said('system', 's'), ...turns, said('user', 'last')];
    const kept = watched({ type: 'chat', messages }, drop).messages;
    expect(kept[0]?.text).toBe('s');
    expect(kept.slice(1).map(({ text }) => text)).toEqual([...turns.slice(-9).map(({ text }) => text), 'last']);
    expect(counted.length).toBeLessThan(15);
  });

  it('refuses what must stay and cannot fit, without reading it', () => {
    const huge = 'a'.repeat(20_000_000);
    const prompts = [
      [{ type: 'chat', messages: [said('system', huge), said('user', 'b')] }, drop],
      [{ type: 'chat', messages: [said('user', 'b'), said('user', huge)] }, drop],
      [{ type: 'chat', messages: [said('user', huge)] }, reject],
      [{ type: 'text', pieces: [{ text: huge, special: true }] }, reject],
      [{ type: 'infill', before: 'b', after: huge }, reject],
      ...[drop, cut, reject].flatMap((options) => [
        [{ type: 'chat', messages: [{ ...said('user', ''), thinking: huge }] }, options] as const,
        [{ type: 'chat', messages: [{ ...said('user', ''), toolCalls: [callWith(huge)] }] }, options] as const,
        [{ type: 'chat', messages: [said('user', 'b')], tools: [toolWith(huge)] }, options] as const,
      ]),
    ] as const;
    for (const [prompt, options] of prompts) {
      expect(() => bound(prompt, options)).toThrow(expect.objectContaining({ code: 'context_too_long' }));
    }
  });

  it('drops an old message that is too long to be read', () => {
    const messages = [{ ...said('assistant', ''), thinking: 'a'.repeat(20_000_000) }, said('user', 'b')];
    expect(bound({ type: 'chat', messages }, drop).messages).toEqual([said('user', 'b')]);
  });

  it('cuts the middle of texts of which both ends are more than enough', () => {
    const huge = `beginning ${'x'.repeat(1_000_000)} end`;
    const text = bound({ type: 'text', pieces: [{ tokens: [1, 2] }, { text: huge, special: false }] }, cut);
    const piece = text.pieces[1];
    expect(text.pieces[0]).toEqual({ tokens: [1, 2] });
    expect(piece !== undefined && 'text' in piece ? piece.text : '').toMatch(/^beginning x{190}x{196} end$/);
    const infill = bound({ type: 'infill', before: huge, after: huge }, cut);
    expect(infill.before).toHaveLength(400);
    expect(infill.after).toHaveLength(400);
  });
});
