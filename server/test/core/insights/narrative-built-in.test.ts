import { describe, expect, it } from 'vitest';
import { caveatTexts } from '../../../src/core/insights/narrative/caveat-texts.ts';
import { createNarrator } from '../../../src/core/insights/narrative/create-narrator.ts';
import { formatNumber } from '../../../src/core/insights/narrative/format-number.ts';
import { renderAnswer } from '../../../src/core/insights/narrative/render-answer.ts';
import { renderTemplate } from '../../../src/core/insights/narrative/render-template.ts';
import { problemTexts, warningText } from '../../../src/core/insights/narrative/warning-text.ts';
import { insightTypes, type Finding } from '../../../src/models/insight.ts';
import type { DataWarningCode } from '../../../src/models/table.ts';
import { sampleFinding, sampleTable } from '../../support/sample-findings.ts';

const { signal } = new AbortController();
const tables = [sampleTable];
const space = '\u00a0';

async function tell(finding: Finding, language: 'pt' | 'en') {
  const { narratives } = await createNarrator().tell([finding], { language, tables, write: null, signal });
  const [narrative] = narratives;
  if (narrative === undefined) throw new Error('nothing was told');
  return narrative;
}

const fall: Finding = {
  ...sampleFinding('change'),
  subject: {
    ...sampleFinding('change').subject,
    measure: 'receita',
    filters: [{ column: 'regiao', value: 'Sul' }],
  },
  facts: {
    change_pct: { value: '-38.25', unit: '%', evidence: 'e1', from: { pointer: '/rows/0/0' } },
    change: { value: '-1234567.89', unit: 'BRL', evidence: 'e1', from: { pointer: '/rows/0/1' } },
    current: { value: '1993000.00', unit: 'BRL', evidence: 'e1', from: { pointer: '/rows/0/2' } },
    previous: { value: '3227567.89', unit: 'BRL', evidence: 'e1', from: { pointer: '/rows/0/3' } },
  },
};

describe('built-in sentences', () => {
  it('tell a fall in Portuguese with Brazilian numbers', async () => {
    expect(await tell(fall, 'pt')).toMatchObject({
      headline: 'Receita (Sul): queda de 38,2% em junho de 2025',
      explanation:
        `De R$${space}3.227.568 em maio de 2025 para R$${space}1.993.000 em junho de 2025, ` +
        `uma diferença de -R$${space}1.234.568.`,
      action: { kind: 'investigate', hypothesis: true },
      origin: 'template',
    });
  });

  it('tell the same fall in English', async () => {
    expect(await tell(fall, 'en')).toMatchObject({
      headline: 'Receita (Sul) fell by 38.2% in June 2025',
      explanation: 'From R$3,227,568 in May 2025 to R$1,993,000 in June 2025, a difference of -R$1,234,568.',
    });
  });

  it('call a fall of costs good news, and one of revenue bad news', async () => {
    const costs = { ...fall, subject: { ...fall.subject, measure: 'custo' } };
    expect((await tell(fall, 'pt')).action.text).toContain('resultado ruim');
    expect((await tell(costs, 'pt')).action.text).toContain('bom resultado');
    const unknown = { ...fall, subject: { ...fall.subject, measure: 'desconto' } };
    expect((await tell(unknown, 'pt')).action.text).toContain('esperada');
  });

  it.each(['pt', 'en'] as const)('tell every kind of insight in %s, with numbers of slots only', async (language) => {
    const findings = insightTypes.map((type) => sampleFinding(type));
    const { narratives, numbers } = await createNarrator().tell(findings, { language, tables, write: null, signal });
    expect(narratives.filter(({ headline, explanation, action }) => !headline || !explanation || !action.text)).toEqual(
      [],
    );
    expect(narratives.filter(({ headlineTemplate }) => headlineTemplate === '{{subject}}')).toEqual([]);
    expect(numbers.numbers).toBeGreaterThan(40);
    expect(numbers).toMatchObject({ fromSlots: numbers.numbers, freeNumbers: 0 });
  });

  it('say less of a finding that lacks facts and labels', async () => {
    const bare = { ...sampleFinding('data_quality'), facts: {} };
    expect((await tell(bare, 'pt')).headline).toBe('Valores ausentes em desconto');
    for (const type of insightTypes) {
      const { headline } = await tell({ ...sampleFinding(type), facts: {}, labels: {} }, 'en');
      expect(headline.length).toBeGreaterThan(3);
    }
  });
});

describe('numbers', () => {
  const style = { unit: null, language: 'pt', sign: 'plain' } as const;

  it('are rounded half to even, exactly, from their decimals', () => {
    expect(formatNumber('0.125', { ...style, unit: '%' })).toBe('0,1%');
    expect(formatNumber('2.345', style)).toBe('2,34');
    expect(formatNumber('2.355', style)).toBe('2,36');
    expect(formatNumber('12345678901234567890.5', style)).toBe('12.345.678.901.234.567.890');
    expect(formatNumber('1234.5', { ...style, unit: 'USD', language: 'en' })).toBe('$1,234');
  });

  it('do not become zero by rounding', () => {
    expect(formatNumber('0.00042', { ...style, unit: '%' })).toBe('0,00042%');
    expect(formatNumber('-0.004', { ...style, unit: 'BRL' })).toBe(`-R$${space}0,004`);
    expect(formatNumber('0', { ...style, unit: 'R$' })).toBe(`R$${space}0,00`);
  });

  it('carry signs and units as asked', () => {
    expect(formatNumber('5.5', { ...style, unit: '%', sign: 'signed' })).toBe('+5,5%');
    expect(formatNumber('-5.5', { ...style, unit: 'kg', sign: 'size' })).toBe(`5,5${space}kg`);
    expect(formatNumber('-5.5', { ...style, unit: 'count', sign: 'plain' })).toBe('-6');
    expect(() => formatNumber('NaN', style)).toThrow('not a decimal');
  });
});

describe('names in sentences', () => {
  const render = (template: string, { text, language = 'pt' }: { text: string; language?: 'pt' | 'en' }) =>
    renderTemplate(template, {
      source: { facts: {}, labels: { member: { kind: 'value', text, column: 'regiao' } }, subject: null },
      language,
      tables,
    });

  it.each([
    ['Rio de Janeiro', 'Em Rio de Janeiro'],
    ['sul\n\n# Título', 'Em “sul Título”'],
    ['caiu 90% e dobrou', 'Em “caiu 90% e dobrou”'],
    ['[clique](https://evil.example/?d=1)', 'Em “clique (…”'],
    ['www.evil.example', 'Em “…”'],
    ['Loja.com', 'Em “Loja. com”'],
    ['<img src=x onerror=alert(1)>', 'Em “img src x onerror alert(1)”'],
    ['a\u202egnp.exe\u200b', 'Em “agnp. exe”'],
    ['**Norte**', 'Em Norte'],
    ['   ', 'Em (vazio)'],
    ['\ud800', 'Em (vazio)'],
  ])('%j stands without what could harm', (text, expected) => {
    expect(render('Em {{member}}', { text })).toBe(expected);
  });

  it('are cut when they are long', () => {
    expect(render('{{member}}', { text: 'x'.repeat(5000) }).length).toBeLessThan(70);
  });

  it('of columns about persons are not shown', async () => {
    const finding = sampleFinding('majority');
    const labels = { ...finding.labels, member: { kind: 'value', text: 'Maria Silva', column: 'cliente' } } as const;
    const filters = [{ column: 'cliente', value: 'João Souza' }];
    const narrative = await tell({ ...finding, labels, subject: { ...finding.subject, filters } }, 'pt');
    expect(JSON.stringify(narrative)).not.toMatch(/Maria|João/);
    expect(narrative.headline).toContain('(oculto)');
  });

  it('of periods agree with the preposition before them', () => {
    const labels = {
      week: { kind: 'period', start: '2025-06-02', grain: 'week' },
      day: { kind: 'period', start: '2025-06-02', grain: 'day' },
      quarter: { kind: 'period', start: '2025-04-01', grain: 'quarter' },
      weekday: { kind: 'season', of: 'weekday', number: 6 },
    } as const;
    const source = { facts: {}, labels, subject: null };
    expect(
      renderTemplate('Em {{week}}, em {{quarter}}, desde {{week}} e em {{weekday}}.', {
        source,
        language: 'pt',
        tables,
      }),
    ).toBe(
      'Na semana de 2 de junho de 2025, no 2º trimestre de 2025, desde a semana de 2 de junho de 2025 e no sábado.',
    );
    expect(renderTemplate('In {{day}}, in {{quarter}} and in {{weekday}}.', { source, language: 'en', tables })).toBe(
      'On June 2, 2025, in Q2 2025 and on Saturday.',
    );
  });
});

describe('other texts', () => {
  it('of an answer come from its template, row by row', () => {
    const fact = (value: string) => ({ value, unit: 'BRL', evidence: 'e1', from: { pointer: '/rows/0/1' } });
    const answer = {
      template: '{{label1}}: {{f1}}\n{{label2}}: {{f2}}',
      facts: { f1: fact('12.5'), f2: fact('-3') },
      labels: {
        label1: { kind: 'value', text: 'Sul', column: 'regiao' },
        label2: { kind: 'value', text: 'Norte', column: 'regiao' },
      },
      text: '',
      evidence: [],
      insightIds: [],
      needsClarification: null,
    } as const;
    expect(renderAnswer(answer, { language: 'pt', tables })).toBe(`Sul: R$${space}12,50\nNorte: -R$${space}3,00`);
  });

  it('of a template whose slots have no source are refused', () => {
    const source = { facts: {}, labels: {}, subject: null };
    expect(() => renderTemplate('{{gone}}', { source, language: 'pt', tables })).toThrow('without a source');
    expect(() => renderTemplate('{{gone', { source, language: 'pt', tables })).toThrow('not closed');
  });

  it('of warnings say where, what and how often, in both languages', () => {
    const codes = Object.keys(problemTexts.pt) as DataWarningCode[];
    expect(codes).toHaveLength(20);
    for (const code of codes) {
      const warning = { code, table: 'vendas_2025', column: 'cpf_cliente', count: 1204 };
      expect(warningText(warning, 'pt')).toMatch(/^Tabela “vendas 2025”, coluna “cpf cliente”: .+ \(1\.204\); .+\.$/);
      expect(warningText({ ...warning, column: null, count: null }, 'en')).toMatch(
        /^Table “vendas 2025”: [^(]+; .+\.$/,
      );
    }
  });

  it('of caveats are sentences in both languages', () => {
    const caveats = [
      { code: 'partial_period', period: '2025-06-01', days: 21, of: 30, grain: 'month' },
      { code: 'reversed_in_parts', breakdown: 'regiao' },
      { code: 'heavy_tails' },
      { code: 'few_values', n: 9 },
      { code: 'guessed_aggregation', column: 'preco', aggregation: 'avg' },
      { code: 'small_groups_hidden', groups: 3 },
      { code: 'different_lengths' },
    ] as const;
    expect(caveatTexts(caveats, 'pt')[0]).toBe('Período incompleto: junho de 2025, 21 de 30 dias.');
    expect(caveatTexts(caveats, 'en')[0]).toBe('Incomplete period: June 2025, 21 of 30 days.');
    for (const text of [...caveatTexts(caveats, 'pt'), ...caveatTexts(caveats, 'en')])
      expect(text).toMatch(/^\p{Lu}.+\.$/u);
  });
});
