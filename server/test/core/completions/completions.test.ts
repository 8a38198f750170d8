import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/errors/app-error.ts';
import { greedySampling } from '../../../src/models/language-model.ts';
import { chat, contextOf, plainPersona, setUpCompletions, usualContext } from '../../support/completions-setup.ts';
import { messagesOf } from '../../support/ask-setup.ts';

describe('completions', () => {
  it('begins with the model that answers and ends with the finish', async () => {
    const { collect } = setUpCompletions();
    const parts = await collect(chat('nano:latest', 'Olá'));
    expect(parts.map(({ type }) => type)).toEqual(['start', 'text-delta', 'text-delta', 'finish']);
    expect(parts[0]).toEqual({ type: 'start', model: { name: 'nano', persona: null, route: null } });
  });

  it('fails before it starts for a name that stands for nothing, and for one that embeds', async () => {
    const { collect, engine } = setUpCompletions();
    await expect(collect(chat('nope', 'Olá'))).rejects.toMatchObject({ code: 'model_unknown' });
    await expect(collect(chat('/models/own.gguf', 'Olá'))).rejects.toMatchObject({ code: 'model_unknown' });
    await expect(collect(chat('small', 'Olá'))).rejects.toMatchObject({
      code: 'model_incapable',
      capability: 'completion',
    });
    expect(engine.requests).toEqual([]);
  });

  it('answers with the adapter in force, but for personas with one of their own', async () => {
    const personas = [
      { ...plainPersona, name: 'plain:latest' },
      { ...plainPersona, name: 'own:latest', adapter: 'sha256:own' },
    ];
    const { collect, completions, engine } = setUpCompletions({ personas, adapters: { nano: 'sha256:trained' } });
    for (const model of ['nano', 'plain:latest', 'own:latest', 'large']) await collect(chat(model, 'Olá'));
    expect(engine.requests.map(({ adapter }) => adapter)).toEqual([
      'sha256:trained',
      'sha256:trained',
      'sha256:own',
      undefined,
    ]);
    const loaded: (string | undefined)[] = [];
    engine.load = async (_model, { adapter }) => void loaded.push(adapter);
    await completions.load({ model: 'nano', keepAliveMs: null }, usualContext);
    expect(loaded).toEqual(['sha256:trained']);
  });

  it('asks documents with the adapter of the persona, or else with the one in force', async () => {
    const knowledge = { collections: null };
    const personas = [
      { ...plainPersona, name: 'plain:latest', knowledge },
      { ...plainPersona, name: 'own:latest', knowledge, adapter: 'sha256:own' },
    ];
    const { collect, questions } = setUpCompletions({ personas, adapters: { nano: 'sha256:trained' } });
    for (const model of ['plain:latest', 'own:latest']) await collect(chat(model, 'Qual é o prazo?'));
    expect(questions.map(({ adapter }) => adapter)).toEqual(['sha256:trained', 'sha256:own']);
  });

  it('says nothing of a start when the engine refuses', async () => {
    const { completions } = setUpCompletions({ script: { generate: [new AppError('overloaded')] } });
    const parts = completions.complete(chat('nano', 'Olá'), usualContext)[Symbol.asyncIterator]();
    await expect(parts.next()).rejects.toMatchObject({ code: 'overloaded' });
  });

  it('refuses images, tools and thoughts of a model that has none of them', async () => {
    const { collect } = setUpCompletions();
    const tools = [{ name: 'clock', description: '', parameters: {} }];
    const messages = [{ role: 'user' as const, text: 'Olá', images: ['aGk='] }];
    const prompts = [
      [{ type: 'chat', messages }, 'vision'],
      [{ type: 'chat', messages: [], think: true }, 'thinking'],
      [{ type: 'question', text: 'Olá', images: ['aGk='] }, 'vision'],
    ] as const;
    for (const [prompt, capability] of prompts) {
      await expect(collect(chat('nano', '', { prompt }))).rejects.toMatchObject({
        code: 'model_incapable',
        capability,
      });
    }
    const withTools = { type: 'chat', messages: [{ role: 'user', text: 'Que horas são?' }], tools } as const;
    await expect(collect(chat('medium', '', { prompt: withTools }))).rejects.toMatchObject({ capability: 'tools' });
    expect(await collect(chat('nano', '', { prompt: withTools }))).toHaveLength(4);
  });

  it('lets a key use the models it names, by any of their names, and no others', async () => {
    const { collect, completions } = setUpCompletions({ personas: [plainPersona] });
    const onlyNano = contextOf({ models: ['nano'] });
    expect(await collect(chat('nano:latest', 'Olá'), onlyNano)).toHaveLength(4);
    expect(await collect(chat('mario:latest', 'Olá'), onlyNano)).toHaveLength(4);
    expect(await collect(chat('mario:latest', 'Olá'), contextOf({ models: ['mario'] }))).toHaveLength(4);
    await expect(collect(chat('medium', 'Olá'), onlyNano)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(completions.embed({ model: 'small', texts: ['a'] }, onlyNano)).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});

it('takes a few stop strings, which are not long together', async () => {
  const { collect } = setUpCompletions();
  for (const stop of [Array.from({ length: 65 }, (_, index) => `${index}`), ['a'.repeat(10_001)]]) {
    await expect(collect(chat('nano', 'Olá', { sampling: { stop } }))).rejects.toMatchObject({
      code: 'invalid_request',
    });
  }
});

describe('a persona', () => {
  const mario = {
    ...plainPersona,
    parameters: { temperature: 0.9, num_ctx: 1024, stop: ['FIM'], num_predict: 77, seed: -1 },
    messages: [
      { role: 'user' as const, text: 'Oi' },
      { role: 'assistant' as const, text: 'It’s me!' },
    ],
  };

  it('speaks first, and yields to a system message of the caller', async () => {
    const { collect, engine } = setUpCompletions({ personas: [mario] });
    await collect(chat('Mario:latest', 'Quem é você?'));
    expect(messagesOf(engine.requests[0]).map(({ text }) => text)).toEqual([
      'Você é o Mario.',
      'Oi',
      'It’s me!',
      'Quem é você?',
    ]);
    const prompt = { type: 'question', text: 'Quem?', system: 'Você é o Luigi.' } as const;
    await collect(chat('mario:latest', '', { prompt }));
    expect(messagesOf(engine.requests[1])[0]?.text).toBe('Você é o Luigi.');
  });

  it('is not heard twice by a conversation that goes on', async () => {
    const { collect, engine } = setUpCompletions({ personas: [mario] });
    const prompt = { type: 'question', text: 'E agora?', before: [1, 2, 3] } as const;
    await collect(chat('mario:latest', '', { prompt }));
    expect(engine.requests[0]?.prompt).toMatchObject({
      before: [1, 2, 3],
      messages: [{ role: 'user', text: 'E agora?' }],
    });
  });

  it('stands over the parameters of its model', async () => {
    const own = { ...mario, parameters: { temperature: 0.9 } };
    const parameters = { temperature: 0, num_predict: 512, top_k: 20 };
    const { collect, engine } = setUpCompletions({ personas: [own], parameters });
    const usual = { ...greedySampling, temperature: 0.8, maxTokens: 40_960 };
    for (const model of ['nano', 'mario:latest']) await collect(chat(model, 'Olá', { usual }));
    await collect(chat('nano', 'Olá', { usual, sampling: { maxTokens: 600 } }));
    expect(engine.requests.map(({ sampling }) => sampling)).toEqual([
      { ...greedySampling, temperature: 0, maxTokens: 512, topK: 20 },
      { ...greedySampling, temperature: 0.9, maxTokens: 512, topK: 20 },
      { ...greedySampling, temperature: 0, maxTokens: 600, topK: 20 },
    ]);
  });

  it('sets parameters that the caller may change', async () => {
    const { collect, engine } = setUpCompletions({ personas: [mario] });
    await collect(chat('mario:latest', 'Olá', { sampling: { temperature: 0.1, seed: undefined as never } }));
    expect(engine.requests[0]?.contextTokens).toBe(1024);
    expect(engine.requests[0]?.sampling).toEqual({
      ...greedySampling,
      temperature: 0.1,
      stop: ['FIM'],
      maxTokens: 77,
    });
  });

  it('speaks in the form of its template, or of the caller’s, in which nothing said is special', async () => {
    const templated = { ...plainPersona, template: '<s>{{ .System }}|{{ .Prompt }}</s>' };
    const { collect, engine } = setUpCompletions({ personas: [templated] });
    await collect(chat('mario:latest', 'Quem? <s>'));
    expect(engine.requests[0]?.prompt).toEqual({
      type: 'text',
      pieces: [
        { text: '<s>', special: true },
        { text: 'Você é o Mario.', special: false },
        { text: '|', special: true },
        { text: 'Quem? <s>', special: false },
        { text: '</s>', special: true },
      ],
    });
    const prompt = { type: 'question', text: 'E?', template: '[{{ .Prompt }}]', before: [1, 2] } as const;
    await collect(chat('mario:latest', '', { prompt }));
    expect(engine.requests[1]?.prompt).toMatchObject({
      pieces: [{ tokens: [1, 2] }, { text: '[' }, { text: 'E?' }, { text: ']' }],
    });
    const wrong = { ...prompt, template: '{{ .Prompt' };
    await expect(collect(chat('mario:latest', '', { prompt: wrong }))).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });

  it('fills gaps by a template that has a place for what comes after', async () => {
    const coder = { ...plainPersona, template: '<PRE>{{ .Prompt }}<SUF>{{ .Suffix }}<MID>' };
    const { collect, engine } = setUpCompletions({ personas: [coder, { ...plainPersona, name: 'plain:latest' }] });
    const prompt = { type: 'infill', before: 'def f(', after: '):' } as const;
    await collect(chat('mario:latest', '', { prompt }));
    await collect(chat('plain:latest', '', { prompt }));
    expect(engine.requests.map((request) => request.prompt.type)).toEqual(['text', 'infill']);
  });

  it('with knowledge answers from documents, and the rest by itself', async () => {
    const librarian = { ...plainPersona, name: 'librarian:latest', knowledge: { collections: ['rh'] } };
    const { collect, questions, engine, charged } = setUpCompletions({ personas: [librarian] });
    const messages = [
      { role: 'system' as const, text: 'Seja breve.' },
      { role: 'user' as const, text: 'Qual é o prazo para o Sul?' },
      { role: 'assistant' as const, text: 'São 5 dias [1].' },
      { role: 'user' as const, text: 'E para Manaus?' },
    ];
    const parts = await collect(chat('librarian:latest', '', { prompt: { type: 'chat', messages } }));
    expect(parts.map(({ type }) => type)).toEqual(['start', 'text-delta', 'finish']);
    expect(questions).toMatchObject([{ text: 'E para Manaus?', collections: ['rh'], profile: { name: 'nano' } }]);
    expect(questions[0]?.history?.map(({ role }) => role)).toEqual(['user', 'assistant']);
    expect(charged).toEqual([]); // `ask` counts for itself
    await collect(chat('librarian:latest', 'Olá', { format: { type: 'json' } }));
    expect(engine.requests).toHaveLength(1);
  });
});

describe('embeddings and relevance', () => {
  const embed = async (): Promise<Float32Array[]> => [Float32Array.from([3, 4, 0, 0]).map((value) => value / 5)];

  it('cuts vectors to the dimensions asked for, unit-length again', async () => {
    const { completions, charged } = setUpCompletions({ script: { embed } });
    const { vectors } = await completions.embed({ model: 'small', texts: ['a b'], dimensions: 1 }, usualContext);
    expect([...(vectors[0] ?? [])]).toEqual([1]);
    expect(charged).toEqual([{ model: 'small', usage: { promptTokens: 2, cachedTokens: 0, completionTokens: 0 } }]);
  });

  it('are made by the model that a persona stands over, such as a copy; one that answers cannot', async () => {
    const copy = { ...plainPersona, name: 'copy:latest', base: 'small' };
    const { completions, charged } = setUpCompletions({ script: { embed }, personas: [copy, plainPersona] });
    const { vectors } = await completions.embed(
      { model: 'copy:latest', texts: ['a b'] },
      contextOf({ models: ['copy'] }),
    );
    expect(vectors).toHaveLength(1);
    expect(charged).toMatchObject([{ model: 'small' }]);
    await expect(completions.embed({ model: 'mario:latest', texts: ['a'] }, usualContext)).rejects.toMatchObject({
      code: 'model_incapable',
      capability: 'embedding',
    });
  });

  it('loads the model for no texts, and keeps it as long as the caller says', async () => {
    const loads: unknown[] = [];
    const load = async (model: string, { keepAliveMs }: { keepAliveMs: number | null }) =>
      void loads.push([model, keepAliveMs]);
    const { completions } = setUpCompletions({ script: { embed, load } });
    await completions.embed({ model: 'small', texts: [] }, usualContext);
    await completions.embed({ model: 'small', texts: ['a'] }, usualContext);
    await completions.embed({ model: 'small', texts: ['a'], keepAliveMs: 0 }, usualContext);
    expect(loads).toEqual([
      ['small', null],
      ['small', 0],
    ]);
  });

  it('have a tokenizer like any model', async () => {
    const tokenize = async (model: string, text: string) => [model.length, text.length];
    const copy = { ...plainPersona, name: 'copy:latest', base: 'small' };
    const { completions } = setUpCompletions({ script: { tokenize }, personas: [plainPersona, copy] });
    expect(await completions.tokenize({ model: 'small', text: 'abc' }, usualContext)).toEqual([5, 3]);
    expect(await completions.tokenize({ model: 'mario:latest', text: 'abc' }, usualContext)).toEqual([4, 3]);
    expect(await completions.tokenize({ model: 'copy:latest', text: 'abc' }, usualContext)).toEqual([5, 3]);
    await expect(
      completions.tokenize({ model: 'small', text: 'abc' }, contextOf({ models: ['nano'] })),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('refuses a text that is too long when it may not be cut', async () => {
    const { completions } = setUpCompletions({ script: { embed, countTokens: () => 5000 } });
    const request = { model: 'small', texts: ['a'], truncate: false };
    await expect(completions.embed(request, usualContext)).rejects.toMatchObject({ code: 'context_too_long' });
    await expect(completions.embed({ ...request, model: 'nano' }, usualContext)).rejects.toMatchObject({
      code: 'model_incapable',
      capability: 'embedding',
    });
  });

  it('ranks by the configured model', async () => {
    const { completions } = setUpCompletions({ script: { rerank: async () => [0.1, 0.9] } });
    expect(await completions.rerank({ query: 'a', texts: ['b', 'c'] }, usualContext)).toEqual({
      model: 'ranker',
      scores: [0.1, 0.9],
      promptTokens: 3,
    });
  });
});
