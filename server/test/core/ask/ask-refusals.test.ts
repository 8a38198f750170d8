import { afterAll, describe, expect, it } from 'vitest';
import { AppError } from '../../../src/errors/app-error.ts';
import { largerModel, scriptedModel, setUpAsk, wordByWord } from '../../support/ask-setup.ts';
import { answering, documents, question, sentence } from '../../support/deliveries.ts';

const scattered = {
  id: 'doc_list',
  title: '',
  texts: ['Alfa trata de papel. Beta trata de tinta. Gama trata de cola. Delta trata de fita. Sigma trata de giz.'],
};
const aboutAll = 'Alfa, beta, gama, delta e sigma?';

const everything = await setUpAsk({ documents });
afterAll(() => everything[Symbol.asyncDispose]());

describe('an answer that is not the words of the model', () => {
  it('is refused when nothing permitted is found', async () => {
    await using setup = await setUpAsk({ documents: [], reply: answering });
    const answer = await setup.answer(question);
    expect(answer).toMatchObject({ answered: false, refusal: { code: 'no_permitted_documents' }, nearest: [] });
    expect(answer.text).toBe(answer.refusal?.message);
  });

  it('is refused when nothing relevant is found, without asking the model', async () => {
    const engine = scriptedModel(answering);
    await using setup = await setUpAsk({ on: everything, engine });
    const answer = await setup.answer('Qual receita de feijoada vegetariana leva menos prazo de cozimento?');
    expect(answer).toMatchObject({ answered: false, refusal: { code: 'no_evidence' } });
    expect(answer.nearest.length).toBeGreaterThan(0);
    expect(engine.requests).toEqual([]);
  });

  it('is refused when the model does not know, with the nearest passages', async () => {
    await using setup = await setUpAsk({
      on: everything,
      reply: () => wordByWord('Não sei: as fontes não respondem.'),
    });
    const parts = await setup.parts('Qual é o prazo de entrega para Belém?');
    expect(parts.at(-1)).toMatchObject({
      replace: false,
      answer: { answered: false, refusal: { code: 'no_evidence' }, nearest: [{ document: { id: 'doc_1' } }, {}] },
    });
  });

  it('is a quotation when the bundled model does not know what a sentence plainly says', async () => {
    const reply = () => ['Não sei: as fontes não respondem.'];
    await using setup = await setUpAsk({ on: everything, reply });
    const answer = await setup.answer(question);
    expect(answer).toMatchObject({ mode: 'extractive', text: `${sentence} [1]`, trace: { fallback: 'does_not_know' } });
    await using larger = await setUpAsk({ on: everything, reply, model: largerModel });
    expect(await larger.answer(question)).toMatchObject({ answered: false, refusal: { code: 'no_evidence' } });
  });

  it('is a quotation when the bundled model leaves out the number that was asked for', async () => {
    const reply = () => ['O prazo de entrega para Manaus [1].'];
    await using setup = await setUpAsk({ on: everything, reply });
    const answer = await setup.answer(question);
    expect(answer).toMatchObject({
      mode: 'extractive',
      text: `${sentence} [1]`,
      trace: { fallback: 'beside_the_question' },
    });
  });

  it('is a quotation when the bundled model copies a sentence that is true but not asked for', async () => {
    const reply = () => ['O frete custa R$ 24,90 para qualquer cidade do Brasil. [2]'];
    await using setup = await setUpAsk({ on: everything, reply });
    const answer = await setup.answer(question);
    expect(answer).toMatchObject({ mode: 'extractive', text: `${sentence} [1]` });
    await using larger = await setUpAsk({ on: everything, reply, model: largerModel });
    expect((await larger.answer(question)).mode).toBe('generated');
  });

  it.each([
    'Para Manaus, o prazo de emtrega é de 12 dias úteis. [1]',
    'Para Manaus, o prazo de entrega é de 12 dias [1]. te te te te te te',
  ])('is a quotation when the bundled model slips: %s', async (written) => {
    await using setup = await setUpAsk({ on: everything, reply: () => wordByWord(written) });
    expect(await setup.answer(question)).toMatchObject({ mode: 'extractive', text: `${sentence} [1]` });
  });

  it('is refused when the bundled model copies a sentence and none is close', async () => {
    await using setup = await setUpAsk({ documents: [scattered], reply: () => ['Alfa trata de papel [1].'] });
    expect(await setup.answer(aboutAll)).toMatchObject({ answered: false, refusal: { code: 'no_evidence' } });
  });

  it('is a quotation when the sources do not carry what the model wrote', async () => {
    await using setup = await setUpAsk({
      on: everything,
      reply: () => wordByWord('O prazo para Manaus é de 99 dias. [1]'),
    });
    const parts = await setup.parts(question);
    expect(parts.at(-1)).toMatchObject({
      replace: true,
      answer: {
        answered: true,
        mode: 'extractive',
        text: `${sentence} [1]`,
        citations: [{ quote: sentence }],
        trace: { fallback: 'not_supported' },
      },
    });
  });

  it('is refused when nothing carries it and nothing can be quoted', async () => {
    const reply = () => wordByWord('A multa do contrato é de 99 reais. [1]');
    await using setup = await setUpAsk({ documents: [scattered], reply });
    const answer = await setup.answer(aboutAll);
    expect(answer).toMatchObject({ answered: false, refusal: { code: 'not_supported' } });
  });

  it.each(['engine_failed', 'overloaded', 'model_unavailable', 'context_too_long'] as const)(
    'is a quotation when the engine reports %s',
    async (code) => {
      await using setup = await setUpAsk({ on: everything, reply: () => new AppError(code) });
      const answer = await setup.answer(question);
      expect(answer).toMatchObject({ answered: true, mode: 'extractive', trace: { fallback: code } });
      expect(answer.citations[0]?.quote).toBe(sentence);
      expect(answer.usage).toEqual({ promptTokens: 0, cachedTokens: 0, completionTokens: 0 });
      expect((await setup.answer(question)).mode).toBe('extractive');
    },
  );

  it('is a quotation while there is no model at all', async () => {
    await using setup = await setUpAsk({ on: everything, model: null });
    const answer = await setup.answer(question);
    expect(answer).toMatchObject({ mode: 'extractive', model: null, trace: { fallback: 'model_unavailable' } });
    expect(answer.citations[0]?.quote).toBe(sentence);
  });

  it('is refused without a model when nothing can be quoted', async () => {
    await using setup = await setUpAsk({ documents: [scattered], model: null });
    const answer = await setup.answer(aboutAll);
    expect(answer).toMatchObject({ answered: false, refusal: { code: 'model_unavailable' } });
    expect(answer.nearest.length).toBeGreaterThan(0);
  });

  it('keeps what is supported and flags the rest', async () => {
    const reply = () => wordByWord(`${sentence} [1] Em Marte o prazo é de 99 dias. [1]`);
    await using setup = await setUpAsk({ on: everything, reply, model: largerModel });
    const answer = await setup.answer(question);
    expect(answer.mode).toBe('generated');
    expect(answer.sentences.map(({ supported }) => supported)).toEqual([true, false]);
  });

  it('is refused in the language of the question', async () => {
    await using setup = await setUpAsk({ on: everything });
    const answer = await setup.answer('What is the recipe for chocolate cake?');
    expect(answer.refusal?.message).toMatch(/^I found nothing/);
  });
});
