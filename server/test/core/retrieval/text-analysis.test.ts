import { describe, expect, it } from 'vitest';
import { detectLanguage } from '../../../src/core/retrieval/language.ts';
import { fold } from '../../../src/core/retrieval/fold.ts';
import { analyzeQuestion, analyzeText } from '../../../src/core/retrieval/text-analysis.ts';

const wordsOf = (text: string): string[] => analyzeText(text, 'pt').words.split(' ');

describe('text analysis', () => {
  it('folds accents, case, ligatures, full-width forms and soft hyphens', () => {
    expect(wordsOf('Ação AÇÃO ﬁcha Ｂｒａｓｉｌ pro\u00adva Straße Łódź m²')).toEqual([
      'acao',
      'acao',
      'ficha',
      'brasil',
      'prova',
      'strasse',
      'lodz',
      'm2',
    ]);
  });

  it('finds identifiers whole and by their parts, however they were joined', () => {
    const identifiers = [
      ['WANVIDIMAGE_EMBEDS', ['wanvidimage', 'embeds', 'wanvidimageembeds']],
      ['SKU-123', ['sku', '123', 'sku123']],
      ['ana.silva@empresa.com', ['ana', 'silva', 'empresa', 'anasilvaempresacom']],
      ['1.234,56', ['1', '234', '56', '123456']],
      ['12/03/2025', ['12', '03', '2025', '12032025']],
      ['e-mail', ['mail', 'email']],
      ['12GB', ['12', 'gb', '12gb']],
      ["d'água", ['d', 'agua', 'dagua']],
    ] as const;
    for (const [text, expected] of identifiers) expect(wordsOf(text)).toEqual(expected);
  });

  it('leaves stop words of both languages out', () => {
    expect(wordsOf('Qual é o prazo de entrega para o Brasil?')).toEqual(['prazo', 'entrega', 'brasil']);
    expect(wordsOf('What is the delivery time of the order?')).toEqual(['delivery', 'time', 'order']);
  });

  it('gives words of one family the same stem', () => {
    const families = [
      ['pt', 'solicitação solicitações solicitar solicitado'],
      ['pt', 'entrega entregas entregar'],
      ['pt', 'disponível disponíveis'],
      ['pt', 'imagem imagens'],
      ['pt', 'região regiões'],
      ['pt', 'papel papéis'],
      ['pt', 'útil úteis'],
      ['pt', 'órgão órgãos'],
      ['pt', 'importância importante'],
      ['en', 'policy policies'],
      ['en', 'refund refunds refunded'],
    ] as const;
    for (const [language, family] of families) {
      expect(new Set(analyzeText(family, language).stems.split(' ')).size).toBe(1);
    }
  });

  it('does not stem words with digits', () => {
    expect(analyzeText('B2B3s iso9001', 'en').stems).toBe('b2b3s iso9001');
  });

  it('cuts what is too long to be a word', () => {
    expect(wordsOf('a'.repeat(5_000))[0]).toHaveLength(64);
    expect(wordsOf(`${'x'.repeat(40)}-${'y'.repeat(40)}`)).toEqual(['x'.repeat(40), 'y'.repeat(40)]);
  });

  it('separates words in scripts without spaces', () => {
    expect(wordsOf('東京都に住む').length).toBeGreaterThan(1);
  });

  it('gives tokens of letters and digits only, whatever the text', () => {
    const { words: joined, stems } = analyzeText(
      'a"b; DROP TABLE x--\u0000 (c*) ^d {e} 😀 f\u0301 🇧🇷 "g" OR h:i',
      'pt',
    );
    expect(`${joined} ${stems}`).toMatch(/^[\p{L}\p{N} ]*$/u);
  });
});

describe('question analysis', () => {
  const questions = [
    'Qual é a política de reembolso para não clientes?',
    'Em que mês são as férias coletivas?',
    'Férias',
    'Órgão público de água',
    'Você está à disposição às três?',
    'What is the naïve café policy?',
  ];

  it('does not depend on accents', () => {
    for (const question of questions) {
      expect(analyzeQuestion(fold(question))).toEqual(analyzeQuestion(question.toUpperCase()));
    }
  });

  it('uses one stemmer when the language is certain, and both when it is not', () => {
    expect(analyzeQuestion('Qual é o prazo das entregas?').stems).toEqual(['praz', 'entreg']);
    expect(analyzeQuestion('casas').stems).toEqual(['cas', 'casa']);
  });

  it('looks for what is asked about, not for words that only ask', () => {
    expect(analyzeQuestion('Quero saber o que se diz das entregas').stems).toEqual(['entreg']);
    expect(analyzeQuestion('O que dizem os documentos sobre as entregas?').stems).toEqual(['entreg']);
    expect(analyzeQuestion('Quais documentos as entregas pedem?').stems).toEqual(['document', 'entreg', 'ped']);
    expect(analyzeQuestion('I want to know what they say about delivery').words).toEqual(['delivery']);
  });

  it('keeps both forms of an identifier in one concept', () => {
    expect(analyzeQuestion('Qual o preço do SKU-123?').concepts).toEqual([
      { words: ['preco'], stems: ['prec'] },
      { words: ['sku', 'sku123'], stems: ['sku'] },
      { words: ['123', 'sku123'], stems: ['123'] },
    ]);
  });

  it('bounds what an endless question costs', () => {
    const endless = Array.from({ length: 10_000 }, (_, number) => `palavra${number}`).join(' ');
    expect(analyzeQuestion(endless).concepts).toHaveLength(64);
  });
});

describe('language detection', () => {
  it.each([
    ['Qual o prazo de entrega?', 'pt'],
    ['quem e o diretor', 'pt'],
    ['solicitacoes pendentes com a administracao', 'pt'],
    ['A empresa informa que o expediente começa às nove horas.', 'pt'],
    ['What is the delivery time?', 'en'],
    ['who is the director', 'en'],
    ['The company opens its doors at nine.', 'en'],
  ])('%s → %s, certain', (text, language) => {
    expect(detectLanguage(text)).toEqual({ language, certain: true });
  });

  it.each(['SKU-123', 'Manaus', '', '2024'])('%j is uncertain', (text) => {
    expect(detectLanguage(text).certain).toBe(false);
  });
});
