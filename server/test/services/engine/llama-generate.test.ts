import { afterAll, describe, expect, it, vi } from 'vitest';
import { greedySampling } from '../../../src/models/language-model.ts';
import type { GenerateRequest, TextPrompt } from '../../../src/ports/engine.ts';
import { createLlamaEngine } from '../../../src/services/engine/llama/create-llama-engine.ts';
import { createModelFiles } from '../../../src/services/model-files/create-model-files.ts';
import { biasOf, complete, idle, question } from '../../support/engine-calls.ts';
import { writeTinyModel } from '../../support/synthetic-model.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

// Starting the child takes long on a busy machine.
vi.setConfig({ testTimeout: 90_000 });
const folder = await temporaryFolder();
afterAll(() => folder[Symbol.asyncDispose]());
const model = folder.file('tiny.gguf');
await writeTinyModel(model);
const infilling = folder.file('infilling.gguf');
await writeTinyModel(infilling, { infill: true });
const files = createModelFiles({
  directory: folder.path,
  bundledDirectory: 'models/nano',
  baseUrl: 'http://127.0.0.1:1',
});
const engine = createLlamaEngine({ files, threads: 1, maxSlots: 4 });
afterAll(() => engine[Symbol.asyncDispose]());

function textRequest(pieces: TextPrompt['pieces'], maxTokens: number): GenerateRequest {
  return { model, prompt: { type: 'text', pieces }, sampling: { ...greedySampling, maxTokens }, returnTokens: true };
}

describe('llama engine, generating', () => {
  it('goes on in a full context as if what it keeps were the prompt', async () => {
    const [contextTokens, keep, more] = [80, 7, 30];
    const request = { ...textRequest([{ text: 'O frete custa', special: false }], 200), contextTokens };
    const full = await complete(engine, request);
    const tokens = full.finish.tokens ?? [];
    expect(tokens).toHaveLength(contextTokens);
    const kept = [...tokens.slice(0, keep), ...tokens.slice(-Math.floor((contextTokens - keep) / 2))];
    const expected = await complete(engine, textRequest([{ tokens: kept }], more));
    const written = full.finish.usage.completionTokens + more;
    const sampling = { ...greedySampling, maxTokens: written };
    const gone = await complete(engine, { ...request, sampling, overflow: { type: 'cut-middle', keep } });
    expect(gone.text).toBe(full.text + expected.text);
    expect(gone.finish.usage).toMatchObject({ completionTokens: written });
    expect(gone.finish.usage.promptTokens).toBe(full.finish.usage.promptTokens);
    expect(gone.finish.tokens).toEqual(expected.finish.tokens);
  });

  it('is not held up by a word of twenty million letters, nor by a hundred thousand messages', async () => {
    const huge = 'a'.repeat(20_000_000);
    const long = {
      ...textRequest([{ text: huge, special: false }], 3),
      overflow: { type: 'cut-middle', keep: 0 },
    } as const;
    await expect(complete(engine, textRequest([{ text: huge, special: false }], 3))).rejects.toMatchObject({
      code: 'context_too_long',
    });
    expect((await complete(engine, long)).finish.usage.completionTokens).toBe(3);
    const messages = Array.from({ length: 100_000 }, (_, index) => ({ role: 'user' as const, text: `Olá ${index}` }));
    const chat = { ...long, prompt: { type: 'chat' as const, messages }, overflow: { type: 'drop-messages' as const } };
    expect((await complete(engine, chat)).finish.usage.completionTokens).toBe(3);
    await expect(engine.countTokens(model, [huge])).rejects.toMatchObject({ code: 'context_too_long' });
    await expect(engine.tokenize(model, huge)).rejects.toMatchObject({ code: 'context_too_long' });
  });

  it('keeps the token that begins every text', async () => {
    const pieces = [{ text: 'Era uma vez um frete. '.repeat(40), special: false }];
    const overflow = { type: 'cut-middle', keep: 0 } as const;
    const cut = await complete(engine, { ...textRequest(pieces, 200), contextTokens: 60, overflow });
    const whole = await complete(engine, textRequest(pieces, 1));
    expect(cut.finish.tokens?.[0]).toBe(whole.finish.tokens?.[0]);
    expect(cut.finish.tokens?.length).toBeLessThan(60);
  });

  it('sees what is near a gap when the texts around it are too long', async () => {
    const prompt = { type: 'infill', before: `${'b'.repeat(500)}[`, after: `]${'a'.repeat(500)}` } as const;
    const sampling = { ...greedySampling, maxTokens: 100 };
    const request = { model: infilling, prompt, sampling, contextTokens: 80, returnTokens: true };
    await expect(complete(engine, request)).rejects.toMatchObject({ code: 'context_too_long' });
    const { finish } = await complete(engine, { ...request, overflow: { type: 'cut-middle', keep: 4 } });
    const text = await engine.detokenize(infilling, finish.tokens ?? []);
    expect(text).toMatch(/^<\|begin\|><\|fim_prefix\|>b{29}\[<\|fim_suffix\|>\]a{9}<\|fim_middle\|>/);
    expect(finish.reason).toBe('length');
    expect(finish.tokens).toHaveLength(80);
  });

  it('goes on in a full context beside others', async () => {
    const request = (text: string): GenerateRequest => ({
      ...textRequest([{ text, special: false }], 300),
      contextTokens: 64,
      overflow: { type: 'cut-middle', keep: 4 },
    });
    const texts = ['Um', 'Dois', 'Três', 'Quatro'];
    const alone: string[] = [];
    for (const text of texts) alone.push((await complete(engine, request(text))).text);
    const together = await Promise.all(texts.map((text) => complete(engine, request(text))));
    expect(together.map(({ text }) => text)).toEqual(alone);
    expect(together.every(({ finish }) => finish.usage.cachedTokens < finish.usage.promptTokens)).toBe(true);
  });

  it('says that it ignores typical sampling, and does', async () => {
    const write = async (typicalP: number): Promise<string> =>
      (await complete(engine, question(model, 'Olá', { temperature: 1, seed: 1, typicalP }))).text;
    expect(engine.traits.ignores).toEqual(['typicalP']);
    expect(await write(0.1)).toBe(await write(1));
  });

  it('draws the same for every seed there is, also where llama.cpp takes a seed for none', async () => {
    for (const seed of [0, -1, 2 ** 32 - 1, 2 ** 53]) {
      const request = question(model, 'Olá', { temperature: 1, seed });
      expect((await complete(engine, request)).text, String(seed)).toBe((await complete(engine, request)).text);
    }
  });

  it.each([
    { temperature: 1e308 },
    { temperature: 1e-40, seed: 1 },
    { temperature: 1, topK: 1e12, topP: -3, minP: 9 },
    { repeatPenalty: 0 },
    { repeatPenalty: 1e308, repeatLastN: 1e15 },
    { presencePenalty: -1e308, frequencyPenalty: 1e308 },
    { logitBias: { 7: Infinity, 8: 1e308 } },
    { logitBias: { 7: -Infinity, 8: -1e308 }, temperature: 1 },
  ])('survives %j', async (sampling) => {
    const { finish } = await complete(engine, question(model, 'Olá', { maxTokens: 5, seed: 1, ...sampling }));
    expect(finish.usage.completionTokens).toBeLessThanOrEqual(5);
  });

  it('writes nothing when no token is asked for', async () => {
    const { text, finish } = await complete(engine, question(model, 'Olá', { maxTokens: 0 }));
    expect(text).toBe('');
    expect(finish).toMatchObject({ reason: 'length', usage: { completionTokens: 0 } });
  });

  it('fails one answer alone when its format and its bias allow no token together', async () => {
    const other = complete(engine, question(model, 'Olá', { maxTokens: 200 }));
    const logitBias = await biasOf(engine, model, { x: -100 });
    const format = { type: 'grammar', grammar: 'root ::= "x"' } as const;
    const refused = complete(engine, { ...question(model, 'Olá', { logitBias }), format });
    await expect(refused).rejects.toMatchObject({ code: 'invalid_format' });
    expect((await other).finish.usage.completionTokens).toBe(200);
    await idle(engine);
  });

  it('refuses a bias for what is no token', async () => {
    for (const token of [1e9, -1, 0.5]) {
      const refused = complete(engine, question(model, 'Olá', { logitBias: { [token]: 1 } }));
      await expect(refused).rejects.toMatchObject({ code: 'invalid_format' });
    }
  });

  it('never takes the name of a special token for text that a format asks for', async () => {
    const format = { type: 'grammar', grammar: 'root ::= "<|begin|>"{3}' } as const;
    const { text, finish } = await complete(engine, { ...question(model, 'Olá', { maxTokens: 100 }), format });
    expect(text).toBe('<|begin|>'.repeat(3));
    expect(finish).toMatchObject({ reason: 'stop' });
  });
});
