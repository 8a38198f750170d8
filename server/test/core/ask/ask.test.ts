import { afterAll, describe, expect, it } from 'vitest';
import type { Metering } from '../../../src/core/usage/metering.ts';
import { AppError } from '../../../src/errors/app-error.ts';
import { greedySampling } from '../../../src/models/language-model.ts';
import { bundledModel, member, messagesOf, scriptedModel, setUpAsk } from '../../support/ask-setup.ts';
import { answering, documents, question, sentence } from '../../support/deliveries.ts';

const everything = await setUpAsk({ documents });
afterAll(() => everything[Symbol.asyncDispose]());

describe('ask', () => {
  it('answers from a document, with the quote it stands on', async () => {
    await using setup = await setUpAsk({ on: everything, reply: answering });
    const answer = await setup.answer(question);
    expect(answer).toMatchObject({
      answered: true,
      mode: 'generated',
      text: 'Para Manaus, o prazo de entrega é de 12 dias úteis [1].',
      citations: [
        {
          marker: 1,
          document: { id: 'doc_1', title: 'Política de entregas', revision: 1 },
          start: 66,
          end: 117,
          quote: sentence,
          score: 1,
        },
      ],
      sentences: [{ start: 0, end: 55, supported: true, citations: [1] }],
      refusal: null,
      model: 'nano',
      language: 'pt',
    });
  });

  it('streams sources, then words, then the citation, then the answer', async () => {
    await using setup = await setUpAsk({ on: everything, reply: answering });
    const parts = await setup.parts(question);
    const types = parts.map(({ type }) => type);
    expect(types.filter((type, index) => type !== types[index - 1])).toEqual([
      'sources',
      'text-delta',
      'citation',
      'finish',
    ]);
    const text = parts.map((part) => (part.type === 'text-delta' ? part.delta : '')).join('');
    expect(parts.at(-1)).toMatchObject({ replace: false, answer: { text } });
  });

  it('answers the same with and without accents', async () => {
    const asked: string[] = [];
    const reply = ([, user]: readonly { text: string }[]): string[] => {
      asked.push(user?.text.split('\n\nPergunta: ')[0] ?? '');
      return answering();
    };
    await using setup = await setUpAsk({ on: everything, reply });
    const typed = await setup.answer('Qual é o prazo de entrega? Há exceção para Manaus?');
    const plain = await setup.answer('qual e o prazo de entrega? ha excecao para manaus?');
    expect(plain.text).toBe(typed.text);
    expect(plain.citations).toEqual(typed.citations);
    expect(asked[1]).toBe(asked[0]);
    expect(plain.language).toBe('pt');
  });

  it('gives the model the language of the question, or the one asked for', async () => {
    const engine = scriptedModel(answering);
    await using setup = await setUpAsk({ on: everything, engine });
    await setup.answer({ text: 'What is the deadline for Manaus and the Sudeste?' });
    await setup.answer({ text: question, language: 'en' });
    expect(engine.requests.map((request) => messagesOf(request).at(-1)?.text.includes('\n\nQuestion: '))).toEqual([
      true,
      true,
    ]);
  });

  it('passes sampling on, greedy by default', async () => {
    const engine = scriptedModel(answering);
    await using setup = await setUpAsk({ on: everything, engine });
    await setup.answer(question);
    await setup.answer({ text: question, sampling: { temperature: 0.7, seed: 3, maxTokens: 40, stop: ['\n'] } });
    expect(engine.requests.map(({ sampling }) => sampling)).toEqual([
      { ...greedySampling, maxTokens: 160 },
      { ...greedySampling, temperature: 0.7, seed: 3, maxTokens: 40, stop: ['\n'] },
    ]);
  });

  it('ends and stores nothing when the client leaves', async () => {
    const controller = new AbortController();
    const charged: number[] = [];
    const metering: Metering = {
      assertTokensLeft: async () => {},
      charge: async (_principal, { usage }) => void charged.push(usage.promptTokens + usage.completionTokens),
    };
    await using setup = await setUpAsk({ documents, reply: answering, metering });
    const seen: string[] = [];
    const reading = (async () => {
      const context = { principal: member, signal: controller.signal };
      for await (const part of setup.ask.ask({ text: question }, context)) {
        seen.push(part.type);
        if (part.type === 'text-delta') controller.abort();
      }
    })();
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
    expect(seen).toEqual(['sources', 'text-delta']);
    expect(charged).toEqual([expect.any(Number)]);
    const owner = { ownerId: member.userId, endUser: null, keyId: null };
    expect((await setup.ports.conversations.list(owner, { limit: 10, after: null })).items).toEqual([]);
  });

  it('charges what was used, and refuses when nothing is left', async () => {
    const charged: number[] = [];
    let left = true;
    const metering: Metering = {
      async assertTokensLeft() {
        if (!left) throw new AppError('quota_exceeded');
      },
      charge: async (_principal, { usage }) => void charged.push(usage.promptTokens + usage.completionTokens),
    };
    await using setup = await setUpAsk({ on: everything, reply: answering, metering });
    const { usage } = await setup.answer(question);
    expect(charged).toEqual([usage.promptTokens + usage.completionTokens]);
    left = false;
    await expect(setup.answer(question)).rejects.toMatchObject({ code: 'quota_exceeded' });
  });

  it('answers nothing from the memory of the model when retrieval fails', async () => {
    const engine = scriptedModel(answering);
    const retrieval = { search: () => Promise.reject(new AppError('storage_failed')) };
    await using setup = await setUpAsk({ on: everything, engine, retrieval });
    await expect(setup.answer(question)).rejects.toMatchObject({ code: 'storage_failed' });
    expect(engine.requests).toEqual([]);
  });

  it('gives a cached answer for the same question, rights and documents only', async () => {
    const engine = scriptedModel(answering);
    await using setup = await setUpAsk({ documents, engine });
    const first = await setup.answer(question);
    const again = await setup.answer(`  ${question.toUpperCase()} `);
    expect(again).toMatchObject({ mode: 'cached', text: first.text, citations: first.citations, model: 'nano' });
    expect(again.usage).toEqual({ promptTokens: 0, cachedTokens: 0, completionTokens: 0 });
    expect(again.id).not.toBe(first.id);
    expect((await setup.parts(question)).map(({ type }) => type)).toEqual([
      'sources',
      'text-delta',
      'citation',
      'finish',
    ]);
    expect(engine.requests).toHaveLength(1);

    await setup.answer(question, { principal: { ...member, groups: [] } });
    await setup.answer({ text: question, collections: ['policies'] });
    await setup.answer({ text: question, language: 'en' });
    await setup.answer({ text: question, sampling: { temperature: 1 } });
    await setup.answer({ text: question, sampling: { temperature: 1 } });
    await setup.ports.index.deleteDocument('doc_2');
    await setup.answer(question);
    expect(engine.requests).toHaveLength(7);
  });

  it('answers with the adapter in force, and remembers its answers apart from others', async () => {
    const engine = scriptedModel(answering);
    let adapter: string | undefined;
    await using setup = await setUpAsk({ documents, engine, adapters: { over: async () => adapter } });
    const modes: string[] = [];
    for (adapter of [undefined, 'sha256:one', 'sha256:two', 'sha256:one', undefined]) {
      modes.push((await setup.answer(question)).mode);
    }
    expect(modes).toEqual(['generated', 'generated', 'generated', 'cached', 'cached']);
    await setup.answer({ text: question, profile: bundledModel, adapter: 'sha256:own' });
    expect(engine.requests.map((request) => request.adapter)).toEqual([
      undefined,
      'sha256:one',
      'sha256:two',
      'sha256:own',
    ]);
  });

  it.each(['Oi!', 'Olá, tudo bem?', 'Quem é você?', 'Bom dia', 'obrigado', '???', 'Olá, me chamo Ronaldo'])(
    'answers "%s" itself, naming its model',
    async (greeting) => {
      const engine = scriptedModel(answering);
      await using setup = await setUpAsk({ on: everything, engine });
      const answer = await setup.answer(greeting);
      expect(answer).toMatchObject({ answered: true, citations: [], language: 'pt' });
      expect(answer.text).toMatch(/Billumy.*nano/);
      expect(engine.requests).toEqual([]);
    },
  );

  it('greets by name, in English too', async () => {
    await using setup = await setUpAsk({ on: everything });
    expect((await setup.answer('Hello, my name is Ana.')).text).toMatch(/^Hello, Ana! I am Billumy/);
  });
});

describe('the budget', () => {
  it('cuts long sources to whole sentences around what was asked, and says so', async () => {
    const filler = Array.from({ length: 40 }, (_, index) => `A norma ${index + 2} trata de arquivo e papel.`).join(' ');
    const long = { id: 'doc_long', title: 'Normas', texts: [`${filler} ${sentence} ${filler}`] };
    const engine = scriptedModel(answering);
    const model = { ...bundledModel, sourceTokens: 150 };
    await using setup = await setUpAsk({ documents: [long], engine, model });
    const answer = await setup.answer(question);
    const prompt = messagesOf(engine.requests[0]).at(-1)?.text ?? '';
    expect(prompt).toContain(sentence);
    expect(prompt.length).toBeLessThan(150 * 4 + 200);
    expect(answer.citations[0]?.quote).toBe(sentence);
    const [source] = answer.trace.budget?.sources ?? [];
    expect(source?.givenTokens).toBeLessThan(source?.foundTokens ?? 0);
  });

  it('quotes instead of asking a model without room for any source', async () => {
    const engine = scriptedModel(answering);
    const model = { ...bundledModel, sourceTokens: 10 };
    await using setup = await setUpAsk({ on: everything, engine, model });
    expect(await setup.answer(question)).toMatchObject({ mode: 'extractive', trace: { fallback: 'context_too_long' } });
    expect(engine.requests).toEqual([]);
  });
});
