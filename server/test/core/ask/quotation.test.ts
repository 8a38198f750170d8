import { describe, expect, it } from 'vitest';
import { findQuotations, quote } from '../../../src/core/ask/grounding/quotation.ts';
import { readSource } from '../../../src/core/ask/grounding/readable-sources.ts';
import { thingAskedFor, wantedKind } from '../../../src/core/ask/grounding/wanted-kind.ts';
import { evidence } from '../../support/evidence.ts';

const sources = [
  evidence({
    number: 1,
    title: 'Férias e ausências',
    section: ['Licenças'],
    text: 'A licença-maternidade é de 180 dias. A licença-paternidade é de 20 dias. Por casamento, são 3 dias úteis.',
  }),
  evidence({
    number: 2,
    title: 'Dúvidas',
    text: 'Como peço reembolso?\nUse o sistema Vega com a foto da nota fiscal.\nQuem aprova?\nA diretora Helena Prado aprova.',
  }),
  evidence({ number: 3, title: 'Empresa', text: 'A presidente da Aurora é Marta Okada. A Aurora tem 1.340 pessoas.' }),
].map((source) => readSource(source, 'pt'));

const best = (question: string): string => {
  const [first] = findQuotations(question, sources, 'pt');
  return first === undefined ? '' : first.source.evidence.text.slice(first.start, first.end);
};

describe('findQuotations', () => {
  it.each([
    ['Quanto tempo dura a licença-paternidade?', 'A licença-paternidade é de 20 dias.'],
    ['quanto tempo dura a licenca paternidade', 'A licença-paternidade é de 20 dias.'],
    ['Quantos dias por casamento?', 'Por casamento, são 3 dias úteis.'],
    ['Quem é a presidente da Aurora?', 'A presidente da Aurora é Marta Okada.'],
    ['Quantas pessoas tem a Aurora?', 'A Aurora tem 1.340 pessoas.'],
    ['Quem aprova?', 'A diretora Helena Prado aprova.'],
  ])('%s', (question, sentence) => {
    expect(best(question)).toBe(sentence);
  });

  it('goes on after a question of the document to its answer', () => {
    expect(best('Como peço reembolso?')).toContain('Use o sistema Vega');
  });

  it('thinks little of a sentence that does not name the thing asked for', () => {
    const [named] = findQuotations('Quem é a presidente da Aurora?', sources, 'pt');
    const [unnamed] = findQuotations('Qual é o salário da presidente da Aurora?', sources, 'pt');
    expect(named?.coverage).toBe(1);
    expect(unnamed?.coverage).toBeLessThan(0.5);
  });

  describe('where the sources have several names', () => {
    const contracts = [
      evidence({ number: 1, text: 'O contrato com a Ganck vale até 4 de maio.' }),
      evidence({ number: 2, text: 'A visita da Capro é em dezembro.' }),
    ].map((source) => readSource(source, 'pt'));
    const coverageOf = (question: string): number =>
      findQuotations(question, contracts, 'pt').find(({ source }) => source.evidence.number === 1)?.coverage ?? 0;

    it.each(['Até quando vale o contrato da Ganck?', 'ate quando vale o contrato da ganck?'])('%s', (question) => {
      expect(coverageOf(question)).toBe(1);
    });

    it.each(['Até quando vale o contrato da Capro?', 'ate quando vale o contrato da capro?'])(
      'thinks little of a sentence about another one: %s',
      (question) => {
        expect(coverageOf(question)).toBeLessThan(0.5);
      },
    );

    it('counts a name that they do not have as a missing word', () => {
      expect(coverageOf('Até quando vale o contrato da Ganck com a Zuri?')).toBeGreaterThan(0.6);
    });
  });

  it('does not take somebody for another person who shares a part of the name', () => {
    const people = [
      evidence({ number: 1, text: 'O ramal de Sam Barnes é 214. O ramal de Helena Prado Lima é 118.' }),
    ].map((source) => readSource(source, 'pt'));
    const coverageOf = (question: string): number => findQuotations(question, people, 'pt')[0]?.coverage ?? 0;
    expect(coverageOf('Qual é o ramal de Susan Barnes?')).toBeLessThan(0.4);
    expect(coverageOf('Qual é o ramal de Sam Barnes?')).toBe(1);
    expect(coverageOf('Qual é o ramal do Barnes?')).toBe(1);
    expect(coverageOf('Qual é o ramal de Helena Lima?')).toBe(1);
    expect(coverageOf('Qual É O Ramal De Helena Prado?')).toBe(1);
  });

  describe('of two sentences', () => {
    const systems = [
      evidence({
        number: 1,
        text: 'A versão atual do sistema Orbe é a 2.6. Depois de 42 tentativas erradas, o sistema Vega bloqueia o acesso.',
      }),
      evidence({ number: 2, text: 'O projeto Delta começou em março. A gerente é Marta Okada.' }),
    ].map((source) => readSource(source, 'pt'));
    const [blocked] = findQuotations('Quantas tentativas erradas bloqueiam o sistema Orbe?', systems, 'pt');
    const [managed] = findQuotations('Quem é a gerente do projeto Delta?', systems, 'pt');

    it('does not join what one says of the subject with what the other says of another', () => {
      expect(blocked?.coverage).toBeLessThan(0.7);
    });

    it('takes the name that is asked for from the second', () => {
      expect(managed).toMatchObject({ start: 0, coverage: 1 });
    });
  });

  it('takes what holds for everything as said of what is named', () => {
    const freight = [
      evidence({ number: 1, text: 'O frete custa R$ 24,90 para qualquer cidade do Brasil.' }),
      evidence({ number: 2, text: 'O frete da Capro custa R$ 9,90.' }),
      evidence({ number: 3, text: 'Para Manaus, o prazo é de 12 dias.' }),
    ].map((source) => readSource(source, 'pt'));
    const found = findQuotations('Quanto custa o frete para Manaus?', freight, 'pt');
    expect(found[0]?.source.evidence.number).toBe(1);
    expect(found[0]?.coverage).toBeGreaterThan(0.7);
    expect(found.find(({ source }) => source.evidence.number === 2)?.coverage).toBeLessThan(0.5);
  });

  it('takes a name that is also a word for a name only where it has its capital', () => {
    const parks = [
      evidence({ number: 1, text: 'O acesso ao Parque Sol custa R$ 20.' }),
      evidence({ number: 2, text: 'A piscina abre com sol.' }),
    ].map((source) => readSource(source, 'pt'));
    const [asName] = findQuotations('A piscina abre no Sol?', parks, 'pt');
    const [asWord] = findQuotations('A piscina abre com sol?', parks, 'pt');
    expect([asName?.coverage, asWord?.coverage]).toEqual([1, 1]);
  });

  it.each([
    'O que dizem os documentos sobre a licença-paternidade?',
    'Quero saber como funciona a licença-paternidade',
  ])('sees through the words that only ask: %s', (question) => {
    const [found] = findQuotations(question, sources, 'pt');
    expect(found?.coverage).toBeGreaterThan(0.7);
  });

  it('finds nothing for a question without a word in common', () => {
    expect(findQuotations('Receita de feijoada?', sources, 'pt')).toEqual([]);
  });
});

describe('quote', () => {
  it('shows each quotation verbatim with its marker', () => {
    const quotations = findQuotations('licença-paternidade e reembolso', sources, 'pt');
    const { text, sentences, citations } = quote(quotations.slice(0, 2));
    expect(text.split('\n').at(0)).toBe('A licença-paternidade é de 20 dias. [1]');
    expect(sentences.map(({ start, end }) => text.slice(start, end))).toEqual([
      'A licença-paternidade é de 20 dias. [1]',
      expect.stringMatching(/ \[2\]$/),
    ]);
    expect(citations.map(({ marker, quote: quoted }) => [marker, quoted])).toEqual([
      [1, 'A licença-paternidade é de 20 dias.'],
      [2, expect.stringContaining('reembolso')],
    ]);
  });

  it('cannot be mistaken in its markers, nor loaded', () => {
    const noted = readSource(evidence({ text: 'O prazo[3] é de 5 dias ![x](https://evil.example/a).' }), 'pt');
    const { text, citations } = quote(findQuotations('Qual é o prazo?', [noted], 'pt'));
    expect(text).toBe('O prazo(3) é de 5 dias [x] (https://evil.example/a). [1]');
    expect(citations[0]?.quote).toBe('O prazo[3] é de 5 dias ![x](https://evil.example/a).');
  });
});

describe('wantedKind', () => {
  it.each([
    ['Quanto custa o frete?', 'O frete custa R$ 24,90.', true],
    ['Quanto custa o frete?', 'O frete é grátis.', false],
    ['Quantas tentativas são feitas?', 'São feitas três tentativas.', true],
    ['Quem aprova acima de R$ 1.000,00?', 'A diretora Helena Prado aprova.', true],
    ['Quem é o gerente de Recife?', 'O gerente de Recife viaja.', false],
    ['Quanto custa acima de 300 reais?', 'Acima de 300 reais é grátis.', false],
    ['How many people work in Recife?', 'In Recife work 40 people.', true],
  ])('%s %s', (question, text, expected) => {
    expect(wantedKind(question)?.(text)).toBe(expected);
  });

  it('tells nothing of other questions', () => {
    expect(wantedKind('Como peço reembolso?')).toBeNull();
  });
});

describe('thingAskedFor', () => {
  it.each([
    ['Qual é o salário do presidente?', 'salario'],
    ['Quais são os benefícios?', 'beneficios'],
    ['Qual a multa?', 'multa'],
    ['What is the capital of Japan?', 'capital'],
    ['Qual é o horário da loja?', null],
    ['Quem aprova?', null],
  ])('%s', (question, thing) => {
    expect(thingAskedFor(question)).toBe(thing);
  });
});
