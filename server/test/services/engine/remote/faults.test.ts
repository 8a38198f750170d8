import { describe, expect, it } from 'vitest';
import { collect, complete, idle, question } from '../../../support/engine-calls.ts';
import {
  ollamaDone,
  ollamaKnown,
  ollamaText,
  openAiEnd,
  openAiEvent,
  openAiKnown,
} from '../../../support/engine-doubles/dialects.ts';
import {
  cutsAfter,
  openEngineDouble,
  refuses,
  type Reply,
  sends,
  stallsAfter,
} from '../../../support/engine-doubles/engine-double.ts';
import { openRemote, type OpenRemoteOptions } from '../../../support/remote-engine.ts';
import { eventually } from '../../../support/eventually.ts';

const asked = question('tiny', 'Qual é o prazo?', { maxTokens: 20 });
const good = sends(ollamaText('São '), ollamaText('12 dias.'), ollamaDone());

async function engineThat(reply: Reply, options: Partial<OpenRemoteOptions> = {}) {
  const double = await openEngineDouble({ known: ollamaKnown, completions: [reply] });
  const engine = await openRemote({ urls: [double.url], servers: [double], ...options });
  return Object.assign(engine, { double });
}

describe('an engine that fails', () => {
  it('may send lines and characters in halves', async () => {
    const bytes = Buffer.from(ollamaText('São ') + ollamaText('12 dias.') + ollamaDone());
    await using engine = await engineThat(sends(...Array.from(bytes, (byte) => Buffer.from([byte]))));
    expect((await complete(engine, asked)).text).toBe('São 12 dias.');
  });

  it('is not believed what cannot be true', async () => {
    const lies = {
      prompt_eval_count: 1e15,
      prompt_eval_cached_count: -4,
      eval_count: 1e9,
      eval_duration: -1,
      load_duration: 'long',
    };
    await using engine = await engineThat(sends(ollamaText('a'), ollamaText('b'), ollamaDone(lies)));
    const { finish } = await complete(engine, asked);
    expect(finish.usage).toMatchObject({ cachedTokens: 0, completionTokens: 2 });
    expect(finish.usage.promptTokens).toBeLessThan(100);
    expect(finish.timings).toMatchObject({ loadMs: 0, generateMs: 0 });
  });

  it.each([
    ['what is no JSON', sends('{"message": \n')],
    ['wrong types', sends('{"message":{"content":7},"done":false}\n')],
    ['a line without end', sends('"'.repeat(9 * 1024 * 1024))],
    ['an end before it is done', sends(ollamaText('São'))],
    ['a cut connection', cutsAfter(ollamaText('São'))],
    [
      'far more than it was asked for',
      sends(...Array.from({ length: 20 }, () => ollamaText('x'.repeat(1000))), ollamaDone()),
    ],
    ['an error midway', sends(ollamaText('São'), '{"error":"model runner has unexpectedly stopped"}\n')],
  ])('is told from one that works: %s', async (_name, reply) => {
    await using engine = await engineThat(reply);
    await expect(complete(engine, asked)).rejects.toMatchObject({ code: 'engine_failed' });
    await idle(engine);
  });

  it.each([
    [refuses(503, { error: 'server busy' }, { 'retry-after': '7' }), { code: 'overloaded', retryAfterSeconds: 7 }],
    [refuses(401, {}), { code: 'model_unavailable', detail: expect.stringContaining('ENGINE_API_KEY') }],
    [refuses(400, { error: 'the prompt is longer than the context length' }), { code: 'context_too_long' }],
    [refuses(400, { error: '"tiny" does not support tools' }), { code: 'model_incapable' }],
    [refuses(307, {}, { location: 'http://127.0.0.1:1' }), { code: 'model_unavailable' }],
    [
      refuses(500, { error: 'secret words of the prompt' }),
      { code: 'engine_failed', detail: expect.not.stringContaining('secret') },
    ],
  ])('has its failure translated', async (reply, error) => {
    await using engine = await engineThat(reply);
    await expect(complete(engine, asked)).rejects.toMatchObject(error);
    await idle(engine);
  });

  it.each([
    ['before its first part', stallsAfter()],
    ['between parts', stallsAfter(ollamaText('São'))],
  ])('is not waited for longer than allowed, %s', async (_when, reply) => {
    await using engine = await engineThat(reply, { times: { firstPartMs: 300, idleMs: 100 } });
    await expect(complete(engine, asked)).rejects.toMatchObject({ code: 'timeout' });
    await eventually(() => expect(engine.double.left).toBe(1));
    await idle(engine);
  });

  it('is left alone after three failures, and tried again later', async () => {
    let time = 0;
    const broken = refuses(500, {});
    const double = await openEngineDouble({ known: ollamaKnown, completions: [broken, broken, broken, good] });
    await using engine = await openRemote({ urls: [double.url], servers: [double], now: () => time });
    for (const _ of [1, 2, 3]) await expect(complete(engine, asked)).rejects.toMatchObject({ code: 'engine_failed' });
    const refused = { code: 'model_unavailable', retryAfterSeconds: expect.any(Number) };
    await expect(complete(engine, asked)).rejects.toMatchObject(refused);
    expect(double.completions).toHaveLength(3);
    expect((await engine.status()).state).toBe('degraded');
    time += 3000;
    expect((await complete(engine, asked)).text).toBe('São 12 dias.');
    expect((await engine.status()).state).toBe('ok');
  });

  it('is used again when it is back', async () => {
    const first = await openEngineDouble({ known: ollamaKnown, completions: [good] });
    const port = Number(new URL(first.url).port);
    await using engine = await openRemote({ urls: [first.url] });
    expect((await complete(engine, asked)).text).toBe('São 12 dias.');
    await first[Symbol.asyncDispose]();
    await expect(complete(engine, asked)).rejects.toMatchObject({ code: 'model_unavailable' });
    await using second = await openEngineDouble({ known: ollamaKnown, completions: [good], port });
    await eventually(async () => expect((await engine.status()).state).toBe('ok'));
    expect((await complete(engine, asked)).text).toBe('São 12 dias.');
    expect(second.completions).toHaveLength(1);
  });

  it.each([
    ['Ollama', ollamaKnown, sends(ollamaText('São') + ollamaDone())],
    ['OpenAI', openAiKnown, sends(openAiEvent({ delta: { content: 'São' }, finish_reason: 'stop' }), openAiEnd)],
  ])('is asked over the same connection again: %s', async (_kind, known, reply) => {
    const double = await openEngineDouble({ known, completions: [reply] });
    await using engine = await openRemote({ urls: [double.url], servers: [double], recheckMs: 60_000 });
    const before = double.connections;
    for (let call = 0; call < 10; call++) expect((await complete(engine, asked)).text).toBe('São');
    expect(double.connections - before).toBeLessThanOrEqual(1);
  });

  it('is asked once more when it ends a kept connection at that moment, and no more than that', async () => {
    const hangsUp: Reply = (response) => response.socket?.destroy();
    const completions = [hangsUp, good, hangsUp, hangsUp, good];
    const double = await openEngineDouble({ known: ollamaKnown, completions });
    await using engine = await openRemote({ urls: [double.url], servers: [double] });
    expect((await complete(engine, asked)).text).toBe('São 12 dias.');
    await expect(complete(engine, asked)).rejects.toMatchObject({ code: 'model_unavailable' });
    expect(double.completions).toHaveLength(4);
  });

  it('has its connection closed when the caller leaves', async () => {
    await using engine = await engineThat(stallsAfter(ollamaText('São')));
    for await (const part of engine.generate(asked, { signal: new AbortController().signal })) {
      expect(part).toEqual({ type: 'text-delta', delta: 'São' });
      break;
    }
    await eventually(() => expect(engine.double.left).toBe(1));
    await idle(engine);
  });

  it('is none at all: the error says so', async () => {
    const page = await openEngineDouble({ known: { '/': 'a page' }, completions: [good] });
    await using engine = await openRemote({ urls: [page.url], servers: [page] });
    const template = expect.stringContaining('neither Ollama, nor llama-server, nor a server with OpenAI') as string;
    expect(await engine.status()).toMatchObject({ state: 'degraded', reason: { template } });
  });
});

describe('several engines', () => {
  it('answer for one another before the first part, and not after', async () => {
    const broken = await openEngineDouble({ known: ollamaKnown, completions: [refuses(500, {})] });
    const whole = await openEngineDouble({ known: ollamaKnown, completions: [good] });
    await using engine = await openRemote({ urls: [broken.url, whole.url], servers: [broken, whole] });
    // Which one is asked first depends on the question.
    for (let index = 0; index < 24; index++) {
      const request = question('tiny', `Pergunta ${index}`, { maxTokens: 20 });
      expect((await complete(engine, request)).text).toBe('São 12 dias.');
    }
    expect(whole.completions).toHaveLength(24);
    expect(broken.completions.length).toBeGreaterThan(0);

    const cut = await openEngineDouble({ known: ollamaKnown, completions: [cutsAfter(ollamaText('São'))] });
    const other = await openEngineDouble({ known: ollamaKnown, completions: [cutsAfter(ollamaText('São'))] });
    await using second = await openRemote({ urls: [cut.url, other.url], servers: [cut, other] });
    const parts = collect(second.generate(asked, { signal: new AbortController().signal }));
    await expect(parts).rejects.toMatchObject({ code: 'engine_failed' });
    expect(cut.completions.length + other.completions.length).toBe(1);
  });

  it('keep prompts with the same beginning together, and spread others', async () => {
    const doubles = await Promise.all(
      [1, 2, 3].map(() => openEngineDouble({ known: ollamaKnown, completions: [good] })),
    );
    await using engine = await openRemote({ urls: doubles.map(({ url }) => url), servers: doubles });
    for (let index = 0; index < 6; index++) await complete(engine, asked);
    expect(doubles.map(({ completions }) => completions.length).toSorted((one, other) => one - other)).toEqual([
      0, 0, 6,
    ]);
    for (let index = 0; index < 24; index++)
      await complete(engine, question('tiny', `Outra ${index}`, { maxTokens: 20 }));
    expect(doubles.every(({ completions }) => completions.length > 0)).toBe(true);
  });

  it('are told the key, or the user of their address', async () => {
    const double = await openEngineDouble({ known: ollamaKnown, completions: [good] });
    await using engine = await openRemote({ urls: [double.url], servers: [double], apiKey: 'sk-1' });
    await complete(engine, asked);
    expect(double.completions[0]?.authorization).toBe('Bearer sk-1');
    const withUser = double.url.replace('http://', 'http://ana:s%20e@');
    await using other = await openRemote({ urls: [withUser], apiKey: 'sk-1' });
    await complete(other, asked);
    expect(double.completions[1]?.authorization).toBe(`Basic ${Buffer.from('ana:s e').toString('base64')}`);
    expect(JSON.stringify(await other.status())).not.toContain('s e');
  });
});
