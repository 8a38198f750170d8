import { describe, expect, it } from 'vitest';
import type { LogprobEntry } from '../../../src/ports/engine.ts';
import { type Answer, createAnswer } from '../../../src/services/engine/llama/child/output/answer.ts';
import type { OutputReader, ReadPart } from '../../../src/services/engine/llama/child/chat/chat-form.ts';
import { createPlainReader } from '../../../src/services/engine/llama/child/chat/plain-reader.ts';
import { createOutbox } from '../../../src/services/engine/llama/child/outbox.ts';
import { createTextStream } from '../../../src/services/engine/llama/child/output/text-stream.ts';
import { cutMiddle, windowOf } from '../../../src/services/engine/llama/child/prompt/token-window.ts';
import { type ChildMessage, parseChildMessage } from '../../../src/services/engine/llama/messages.ts';
import { told } from '../../../src/errors/told.ts';

/** Tokens are bytes. */
function open({ stop = [], reader = createPlainReader() }: { stop?: string[]; reader?: OutputReader } = {}): Answer {
  const detokenize = (tokens: readonly number[]): string => Buffer.from(tokens).toString('utf8');
  return createAnswer(createTextStream({ detokenize, stop }), reader);
}

function entryOf(byte: number): LogprobEntry {
  return { token: String.fromCodePoint(byte), logprob: -1, bytes: [byte], top: [] };
}

/** Writes a text byte by byte; returns the parts, with the bytes that each tells the probabilities of. */
function write(answer: Answer, text: string): { part: string; told: number[] }[] {
  const parts = [...Buffer.from(text)].flatMap((byte) => answer.push(byte, entryOf(byte)));
  return [...parts, ...answer.end()].map((part) => ({
    part: part.type === 'tool-call' ? part.call.name : part.text,
    told: part.type === 'text' ? (part.logprobs ?? []).flatMap((entry) => entry.bytes) : [],
  }));
}

function bytes(text: string): number[] {
  return [...Buffer.from(text)];
}

describe('answer', () => {
  it('tells the probabilities of a character when it is whole', () => {
    expect(write(open(), 'aé')).toEqual([
      { part: 'a', told: bytes('a') },
      { part: 'é', told: bytes('é') },
    ]);
  });

  it('tells the probabilities of what was held back with the text that ends the wait', () => {
    expect(write(open({ stop: ['ab!'] }), 'xabc')).toEqual([
      { part: 'x', told: bytes('x') },
      { part: 'abc', told: bytes('abc') },
    ]);
  });

  it('tells nothing of a stop string, and all that was held back at the end', () => {
    expect(write(open({ stop: ['ab'] }), 'xab')).toEqual([{ part: 'x', told: bytes('x') }]);
    expect(write(open({ stop: ['ab!'] }), 'xab')).toEqual([
      { part: 'x', told: bytes('x') },
      { part: 'ab', told: bytes('ab') },
    ]);
  });

  it('tells no probabilities of thoughts and calls, and knows of calls', () => {
    const call = { id: 'call_1', name: 'find', arguments: {} };
    const kinds: Record<string, ReadPart[]> = {
      t: [{ type: 'thinking', text: 't' }],
      c: [{ type: 'tool-call', call }],
      h: [],
    };
    const reader: OutputReader = {
      push: (text) => kinds[text] ?? [{ type: 'text', text }],
      end: () => [{ type: 'text', text: 'h' }],
    };
    const answer = open({ reader });
    expect(answer.hasCalls).toBe(false);
    expect(write(answer, 'tach')).toEqual([
      { part: 't', told: [] },
      { part: 'a', told: bytes('a') },
      { part: 'find', told: [] },
      { part: 'h', told: bytes('h') },
    ]);
    expect(answer.hasCalls).toBe(true);
  });
});

describe('outbox', () => {
  const usage = { promptTokens: 1, cachedTokens: 0, completionTokens: 1 };
  const result = { reason: 'stop', usage, promptMs: 1, generateMs: 1 } as const;

  it('puts text together, and keeps all parts of an answer in order', () => {
    const sent: ChildMessage[] = [];
    const outbox = createOutbox(
      (message) => sent.push(message),
      (id) => ({ type: 'failed', id, code: 'engine_failed', detail: told`` }),
    );
    const logprobs = [entryOf(99)];
    outbox.write(1, [{ type: 'thinking', text: 'hm' }]);
    outbox.write(2, [{ type: 'text', text: 'x' }]);
    outbox.write(1, [{ type: 'text', text: 'a' }]);
    outbox.write(1, [{ type: 'text', text: 'b' }]);
    outbox.write(2, [{ type: 'text', text: 'y' }]);
    outbox.write(1, [{ type: 'text', text: 'c', logprobs }]);
    outbox.write(1, [{ type: 'text', text: 'd' }]);
    outbox.finish(1, result);
    expect(sent).toEqual([
      {
        type: 'written',
        parts: [
          [1, { type: 'thinking', text: 'hm' }],
          [2, 'xy'],
          [1, 'ab'],
          [1, { type: 'text', text: 'c', logprobs }],
          [1, 'd'],
        ],
      },
      { type: 'finish', id: 1, result },
    ]);
    expect(sent.map(parseChildMessage)).toEqual(sent);
  });

  it('is not believed when it says what cannot be', () => {
    const parts = [[1, { type: 'tool-call', call: { id: 'x', name: 'y', arguments: 'z' } }]];
    expect(parseChildMessage({ type: 'written', parts })).toBeUndefined();
    expect(parseChildMessage({ type: 'written', parts: [[1, 'text', 2]] })).toBeUndefined();
    expect(parseChildMessage({ type: 'finish', id: 1, result: { ...result, tokens: [-1] } })).toBeUndefined();
  });
});

describe('token window', () => {
  const tokens = Array.from({ length: 100 }, (_, index) => index);

  it('keeps the beginning and the end, and leaves room to go on', () => {
    expect(cutMiddle(tokens, { keep: 2, size: 10 })).toEqual([0, 1, 96, 97, 98, 99]);
    expect(cutMiddle(tokens, { keep: 0, size: 5 })).toEqual([98, 99]);
    expect(cutMiddle(tokens, { keep: 1000, size: 4 })).toEqual([0, 1, 99]);
    expect(cutMiddle([0, 1, 2, 3], { keep: -1, size: 4 })).toEqual([2, 3]);
  });

  it('is never larger than what is loaded, nor too small to write in', () => {
    expect([windowOf(undefined, 100), windowOf(50, 100), windowOf(500, 100), windowOf(0, 100)]).toEqual([
      100, 50, 100, 4,
    ]);
  });
});
