import { describe, expect, it } from 'vitest';
import { saysItDoesNotKnow } from '../../../src/core/ask/grounding/not-knowing.ts';
import { retrievalSet } from '../../../src/core/training/gate/retrieval-set.ts';
import { isRight } from '../../../src/core/training/gate/score-retrieval.ts';
import { promptKey } from '../../../src/core/training/examples/keys.ts';
import { createReplay, type ReplayRequest } from '../../../src/core/training/replay/create-replay.ts';
import { documentExamples } from '../../../src/core/training/replay/document-examples.ts';
import { asReplayPassage, type ReplayPassage } from '../../../src/core/training/replay/replay-passage.ts';
import { samplePassages } from '../../../src/core/training/replay/sample-passages.ts';
import { createRandom } from '../../../src/core/training/replay/seeded-random.ts';
import type { TrainingExample } from '../../../src/models/training-example.ts';
import { createScriptedEngine } from '../../support/scripted-engine.ts';

const call = { signal: new AbortController().signal };
const example = (text: string): TrainingExample => ({ prompt: [{ role: 'user', text }], answer: `Resposta a ${text}` });
const many = (name: string, count: number): TrainingExample[] =>
  Array.from({ length: count }, (_, index) => example(`${name} ${index}`));

const samples = samplePassages.map(asReplayPassage);
const questionOf = ({ prompt }: TrainingExample): string => prompt.at(-1)?.text ?? '';

async function* from<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

function replay(change: Partial<ReplayRequest> = {}) {
  const engine = createScriptedEngine({ generate: () => ({ deltas: ['Olá, ', 'eu sou o modelo.'] }) });
  const none = { fresh: many('novo', 40), heldOut: [], earlier: [], passages: from<ReplayPassage>([]) };
  return createReplay({ ...none, engine, model: 'nano', least: 32, seed: 7, ...change }, call);
}

describe('questions over documents', () => {
  const made = documentExamples({ passages: samples, count: 120, random: createRandom(3) });

  it('are as many as asked for, each once', () => {
    expect(made).toHaveLength(120);
    expect(new Set(made.map(promptKey)).size).toBe(120);
  });

  it('are answered by a sentence of a source, word for word, with its number', () => {
    const answered = made.filter(({ answer }) => !saysItDoesNotKnow(answer));
    for (const { prompt, answer } of answered) {
      const [, sentence = '', number = ''] = /^(.+) \[(\d)\]$/.exec(answer) ?? [];
      const source = prompt
        .at(-1)
        ?.text.split('\n\n')
        .find((block) => block.startsWith(`[${number}] `));
      expect(source).toContain(sentence);
    }
    expect(answered.length).toBeGreaterThan(72);
  });

  it('are not answered where no source does, in both languages', () => {
    const refused = made.filter(({ answer }) => saysItDoesNotKnow(answer));
    expect(new Set(refused.map(({ answer }) => answer))).toEqual(
      new Set(['Não sei: as fontes não respondem.', 'I do not know: the sources do not answer.']),
    );
    expect(refused.length).toBeGreaterThan(12);
  });

  it('are the same for the same seed only', () => {
    const again = documentExamples({ passages: samples, count: 120, random: createRandom(3) });
    const other = documentExamples({ passages: samples, count: 120, random: createRandom(4) });
    expect(again).toEqual(made);
    expect(other).not.toEqual(made);
  });

  it('are made of plain text without any questions in it, and of none where there is nothing to ask', () => {
    const text = 'O frete para a ilha custa R$ 31,00 por pedido. As entregas são feitas pela empresa Vento Sul.';
    const passage: ReplayPassage = { title: 'Entregas', section: [], text, language: 'pt' };
    const [one] = documentExamples({ passages: [passage], count: 1, random: createRandom(1) });
    const withoutNumbers = (some: string | undefined): string | undefined => some?.replaceAll(/\d+/g, '0');
    expect(withoutNumbers(text)).toContain(withoutNumbers(one?.answer.replace(/ \[1\]$/, '')));
    const nothing = { ...passage, text: '# Título\n\nO que é?\n\nSim.' };
    expect(documentExamples({ passages: [nothing], count: 5, random: createRandom(1) })).toEqual([]);
  });
});

describe('replay', () => {
  it('is twice the new examples, also where nothing is stored', async () => {
    const { training, measured } = await replay();
    expect(training.length).toBeLessThanOrEqual(80);
    expect(training.length).toBeGreaterThan(60);
    expect(measured.length).toBeGreaterThanOrEqual(24);
    const { training: few, measured: kept } = await replay({ fresh: many('novo', 8) });
    expect(few.length + kept.length).toBe(32 + 24);
  });

  it('is the same for the same request', async () => {
    expect(await replay()).toEqual(await replay());
    expect(await replay({ seed: 8 })).not.toEqual(await replay());
  });

  it('has earlier examples, stored documents, samples and what the base answers itself', async () => {
    const text = 'O guindaste Atlas levanta 42 toneladas no porto. A manutenção do guindaste é feita pela equipe azul.';
    const passages = from<ReplayPassage>([{ title: 'Porto', section: [], text, language: 'pt' }]);
    const { training, measured } = await replay({ earlier: many('antes', 100), passages });
    const all = [...training, ...measured];
    expect(all.filter((one) => questionOf(one).startsWith('antes'))).toHaveLength(39);
    expect(all.filter(({ answer }) => answer === 'Olá, eu sou o modelo.')).toHaveLength(13);
    expect(all.filter((one) => questionOf(one).includes('guindaste')).length).toBeGreaterThan(0);
    expect(all.filter((one) => questionOf(one).startsWith('[1]')).length).toBeGreaterThan(30);
  });

  it('chooses the earlier examples whatever their order, and none that asks what is new or held out', async () => {
    const earlier = [...many('antes', 20), ...many('novo', 40), example('Reservado?')];
    const request = { earlier, heldOut: [example('reservado')] };
    const ofEarlier = async (given: TrainingExample[]): Promise<string[]> => {
      const { training, measured } = await replay({ ...request, earlier: given });
      return [...training, ...measured].map(questionOf).filter((text) => /^(antes|novo|Reservado)/.test(text));
    };
    const chosen = await ofEarlier(earlier);
    expect(chosen.toSorted()).toEqual((await ofEarlier(earlier.toReversed())).toSorted());
    expect(chosen).toHaveLength(20);
    expect(chosen.every((text) => text.startsWith('antes'))).toBe(true);
  });

  it('is the same in whatever order documents are stored', async () => {
    const passages = Array.from({ length: 12 }, (_, index): ReplayPassage => {
      const text = `O guindaste número ${index} levanta muitas toneladas no porto. O guindaste ${index} é da equipe azul.`;
      return { title: `Porto ${index}`, section: [], text, language: 'pt' };
    });
    const inOrder = await replay({ passages: from(passages) });
    expect(await replay({ passages: from(passages.toReversed()) })).toEqual(inOrder);
  });

  it('keeps no answer of the base that it does not know', async () => {
    const engine = createScriptedEngine({ generate: () => ({ deltas: ['Não sei disso.'] }) });
    const { training, measured } = await replay({ engine });
    expect([...training, ...measured].filter(({ answer }) => answer === 'Não sei disso.')).toEqual([]);
  });

  it('learns no answer of the base that was cut off', async () => {
    const engine = createScriptedEngine({ generate: () => ({ deltas: ['Era uma vez'], reason: 'length' }) });
    const { training, measured } = await replay({ engine });
    expect([...training, ...measured].filter(({ answer }) => answer === 'Era uma vez')).toEqual([]);
  });
});

describe('the fixed questions over documents', () => {
  const set = retrievalSet();

  it('are at least sixty, in both languages, some without an answer', () => {
    expect(set.length).toBeGreaterThanOrEqual(100);
    for (const language of ['pt', 'en']) {
      const ofLanguage = set.filter((question) => question.language === language);
      expect(ofLanguage.filter(({ answer }) => answer === null).length).toBeGreaterThan(10);
      expect(ofLanguage.filter(({ answer }) => answer !== null).length).toBeGreaterThan(20);
    }
  });

  it('are answered by one sentence of their sources, or by none', () => {
    for (const { answer, sources } of set) {
      const texts = sources.map(({ text }) => text);
      expect(texts).toHaveLength(3);
      expect(texts.filter((text) => answer !== null && text.includes(answer))).toHaveLength(answer === null ? 0 : 1);
    }
  });

  it('share no sentence with what is replayed', () => {
    const replayed = new Set(samplePassages.flatMap(({ facts }) => facts.map(({ sentence }) => sentence)));
    expect(set.filter(({ answer }) => answer !== null && replayed.has(answer))).toEqual([]);
  });

  it('are judged by what carries the answer, not by its words', () => {
    const asked = set.find(({ question }) => question === 'Quanto custa o frete para Curitiba?')!;
    expect(isRight(asked, 'O frete para Curitiba custa R$ 27,40. [1]')).toBe(true);
    expect(isRight(asked, 'Para Curitiba, o frete custa R$ 27,40 [1].')).toBe(true);
    expect(isRight(asked, 'O frete para Curitiba custa R$ 72,40. [1]')).toBe(false);
    expect(isRight(asked, 'Para Belém, o prazo de entrega é de 11 dias úteis. [1]')).toBe(false);
    expect(isRight(asked, 'Não sei: as fontes não respondem.')).toBe(false);
    expect(isRight(asked, '')).toBe(false);
    const unanswerable = set.find(({ answer }) => answer === null)!;
    expect(isRight(unanswerable, 'Não sei: as fontes não respondem.')).toBe(true);
    expect(isRight(unanswerable, unanswerable.sources[0]?.text ?? '')).toBe(false);
  });
});
