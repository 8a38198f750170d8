import { expect } from 'vitest';
import type { SamplingOptions } from '../../src/models/language-model.ts';
import type { GeneratePart, GenerateRequest, LogprobEntry } from '../../src/ports/engine.ts';
import { defineContract } from '../support/define-contract.ts';
import { biasOf, collect, complete, question } from '../support/engine-calls.ts';
import type { EngineHarness } from './engine-contract.ts';

/** How tokens are drawn, and what is told about it. */
export const engineSamplingContract = defineContract<EngineHarness>('engine sampling', (it, { shared, endless }) => {
  async function write(sampling: Partial<SamplingOptions>, text = 'Olá'): Promise<string> {
    return (await complete(await shared(), question(endless, text, { maxTokens: 40, ...sampling }))).text;
  }

  async function partsWith(request: GenerateRequest, topLogprobs: number): Promise<GeneratePart[]> {
    const signal = new AbortController().signal;
    return collect((await shared()).generate({ ...request, topLogprobs }, { signal }));
  }

  async function logprobs(request: GenerateRequest, topLogprobs: number): Promise<LogprobEntry[]> {
    const parts = await partsWith(request, topLogprobs);
    return parts.flatMap((part) => (part.type === 'text-delta' ? (part.logprobs ?? []) : []));
  }

  async function bias(texts: Record<string, number>): Promise<Record<number, number>> {
    return biasOf(await shared(), endless, texts);
  }

  it('draws the likeliest token when only one may be drawn', async () => {
    const greedy = await write({});
    for (const one of [{ topK: 1 }, { topP: 0 }, { minP: 1 }]) {
      expect(await write({ temperature: 1.5, seed: 3, ...one })).toBe(greedy);
    }
    expect(await write({ temperature: 1.5, seed: 3 })).not.toBe(greedy);
  });

  it('tells how likely each token was, and the likeliest others', async () => {
    const request = question(endless, 'Olá', { maxTokens: 30 });
    const parts = await partsWith(request, 5);
    const entries = parts.flatMap((part) => (part.type === 'text-delta' ? (part.logprobs ?? []) : []));
    const finish = parts.at(-1);
    expect(finish).toMatchObject({ type: 'finish', usage: { completionTokens: entries.length } });
    for (const { logprob, bytes, top } of entries) {
      expect(top).toHaveLength(5);
      expect(top[0]).toMatchObject({ logprob, bytes });
      expect(top.map((other) => other.logprob)).toEqual(top.map((other) => other.logprob).toSorted((a, b) => b - a));
      expect(top.reduce((sum, other) => sum + Math.exp(other.logprob), 0)).toBeLessThanOrEqual(1.001);
      expect(Math.max(...top.map((other) => other.logprob))).toBeLessThanOrEqual(0);
    }
    const text = parts.map((part) => (part.type === 'text-delta' ? part.delta : '')).join('');
    expect(new TextDecoder().decode(Uint8Array.from(entries.flatMap(({ bytes }) => bytes)))).toBe(text);
    expect(text).toBe((await complete(await shared(), request)).text);
  });

  it('sends what it tells of a token with the text that the token begins', async () => {
    const whole = (await write({ maxTokens: 30 })).slice(20, 26);
    const parts = await partsWith(question(endless, 'Olá', { maxTokens: 30, stop: [whole] }), 0);
    for (const part of parts.slice(0, -1)) {
      expect(part).toMatchObject({ type: 'text-delta', logprobs: expect.arrayContaining([expect.anything()]) });
    }
    const entries = parts.flatMap((part) => (part.type === 'text-delta' ? (part.logprobs ?? []) : []));
    expect(entries.every(({ top }) => top.length === 0)).toBe(true);
    const shown = parts.map((part) => (part.type === 'text-delta' ? part.delta : '')).join('');
    const told = new TextDecoder().decode(Uint8Array.from(entries.flatMap(({ bytes }) => bytes)));
    expect(told.startsWith(shown)).toBe(true);
    expect(told.length - shown.length).toBeLessThan(whole.length);
  });

  it('tells probabilities as they were before sampling', async () => {
    const [plain] = await logprobs(question(endless, 'Olá', { maxTokens: 1 }), 20);
    const sampling = { maxTokens: 1, temperature: 1.9, seed: 5, topK: 3, repeatPenalty: 1.8, presencePenalty: 1 };
    const [drawn] = await logprobs(question(endless, 'Olá', sampling), 20);
    expect(drawn?.top.map(({ bytes }) => bytes)).toEqual(plain?.top.map(({ bytes }) => bytes));
    drawn?.top.forEach(({ logprob }, index) => expect(logprob).toBeCloseTo(plain?.top[index]?.logprob ?? 0, 3));
  });

  it('adds a bias to tokens, and forbids some', async () => {
    expect(await write({ logitBias: await bias({ x: 100, y: 50 }) })).toBe('x'.repeat(40));
    expect(await write({ logitBias: await bias({ x: -100, y: 50 }) })).toBe('y'.repeat(40));
    expect(await write({ temperature: 1, seed: 1, logitBias: await bias({ x: 100 }) })).toBe('x'.repeat(40));
  });

  it('penalises what was written, by how much and over how many tokens it is told', async () => {
    const logitBias = await bias({ x: 80, y: 40 });
    expect(await write({ logitBias })).toBe('x'.repeat(40));
    for (const penalty of [{ repeatPenalty: 4 }, { presencePenalty: 60 }, { frequencyPenalty: 2 }]) {
      expect(await write({ logitBias, repeatLastN: -1, ...penalty })).toContain('y');
      expect(await write({ logitBias, repeatLastN: 0, ...penalty })).toBe('x'.repeat(40));
    }
    expect(await write({ logitBias, repeatLastN: 1, repeatPenalty: 4 })).toBe('xy'.repeat(20));
  });

  it('penalises what the prompt says', async () => {
    const logitBias = await bias({ x: 80, y: 40 });
    const text = 'x'.repeat(30);
    expect(await write({ logitBias, maxTokens: 1, repeatLastN: -1, repeatPenalty: 4 }, text)).toBe('y');
  });

  it('gives the same text for the same seed and penalties, alone and beside others', async () => {
    const sampling = { temperature: 0.9, topK: 40, topP: 0.95, minP: 0.05, repeatPenalty: 1.2, maxTokens: 120 };
    const seeds = [1, 2, 3, 4];
    const alone: string[] = [];
    for (const seed of seeds) alone.push(await write({ ...sampling, seed }));
    const together = await Promise.all(seeds.map((seed) => write({ ...sampling, seed })));
    expect(together).toEqual(alone);
    expect(new Set(alone).size).toBe(seeds.length);
  });
});
