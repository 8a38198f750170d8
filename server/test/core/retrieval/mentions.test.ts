import { describe, expect, it } from 'vitest';
import type { Language } from '../../../src/models/language.ts';
import { beginningsOf, createFindMentions } from '../../../src/core/retrieval/mentions.ts';
import { stem } from '../../../src/core/retrieval/stemming/stem.ts';
import { analyzePassage, analyzeQuestion } from '../../../src/core/retrieval/text-analysis.ts';

const passageOf = (text: string, language: Language) => ({ title: 'Órgão', section: ['Filial'], text, language });

/** The concepts of a question that the passage mentions, by their first word. */
function mentioned(question: string, passage: ReturnType<typeof passageOf>): string[] {
  const { concepts } = analyzeQuestion(question);
  const mentions = createFindMentions(concepts)(passage);
  return concepts.filter((concept) => mentions.has(concept)).map(({ words }) => words[0]!);
}

/** The same with every word of the passage taken apart and stemmed. */
function plainlyMentioned(question: string, passage: ReturnType<typeof passageOf>): string[] {
  const { words, stems } = analyzePassage(passage);
  const present = { words: new Set(words.split(' ')), stems: new Set(stems.split(' ')) };
  return analyzeQuestion(question)
    .concepts.filter(
      (concept) =>
        concept.words.some((word) => present.words.has(word)) || concept.stems.some((each) => present.stems.has(each)),
    )
    .map((concept) => concept.words[0]!);
}

const portuguese =
  'Entregas de SKU-123 em 12GB à Estônia: prazos úteis, ônibus, ações e cidadãos; devolução, devolveu-se ao caos. ɛwe';
const english = 'Dying plants were lying, tied, trying; the skies, studies and companies; early deliveries, ugly ties.';

describe('mentions of a passage', () => {
  it.each([
    ['Qual é a filial do órgão?', portuguese],
    ['Quais os prazos de entrega do sku123 e do SKU-123?', portuguese],
    ['prazo útil do cidadão na ação', portuguese],
    ['devolver devoluções ou devolvido', portuguese],
    ['12 GB, 12gb ou 13gb no estoniano', portuguese],
    ['nada disso aparece aqui', portuguese],
    ['who dies, lies, ties or tries the sky?', english],
    ['study the company and its early delivery', english],
    ['nothing of this appears', english],
  ])('%s: are those of all its stems', (question, text) => {
    const passage = passageOf(text, text === english ? 'en' : 'pt');
    expect(mentioned(question, passage)).toEqual(plainlyMentioned(question, passage));
  });

  it('include identifiers whole and in parts, and other scripts', () => {
    expect(mentioned('SKU-123 sku123 órgão ɛwe', passageOf(portuguese, 'pt'))).toEqual([
      'sku',
      '123',
      'sku123',
      'orgao',
      'ɛwe',
    ]);
  });

  it.each(['pt', 'en'] as const)('rest on beginnings that each word has of its stem (%s)', (language) => {
    const words =
      'acao orgaos eramos util onibus uteis yield years ying eggs ties sky ao coes caos eis ais dying tying lying skies ' +
      'studies trying oxygen system typing analyses cidadaos paes maos reais animais papeis civis jovens bens nenhuns ' +
      'dificeis frageis inuteis projeteis frequencia importancia logia nacoes amavel happily gently early news ' +
      'limoes independencias homens boring hoped affability abilities relational luxuriating';
    for (const word of words.split(' ')) {
      const found = beginningsOf(stem(word, language)).some((beginning) =>
        word.replaceAll('y', 'i').startsWith(beginning),
      );
      expect(found, word).toBe(true);
    }
  });

  it('rest on beginnings that words of other stems do not have', () => {
    expect(beginningsOf('contrat').some((beginning) => 'contrariado'.startsWith(beginning))).toBe(false);
  });
});
