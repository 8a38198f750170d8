import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { chartOf } from '../../../src/core/insights/charts/chart-of.ts';
import { markColours, textColour } from '../../../src/core/insights/charts/chart-parts.ts';
import { insightTypes, type Finding } from '../../../src/models/insight.ts';
import type { Cell } from '../../../src/models/table.ts';
import { sampleFinding, sampleTable } from '../../support/sample-findings.ts';

const tables = [sampleTable];
const asked = { language: 'pt', tables } as const;
const schema: object = JSON.parse(
  readFileSync(new URL('../../../../node_modules/vega-lite/build/vega-lite-schema.json', import.meta.url), 'utf8'),
);
const isVegaLite = new Ajv({ strict: false, formats: { 'color-hex': true, uri: true, 'uri-reference': true } }).compile(
  schema,
);

function withRows(finding: Finding, change: (row: readonly Cell[], index: number) => readonly Cell[]): Finding {
  const evidence = finding.evidence.map((each) => ({
    ...each,
    result: { ...each.result, rows: each.result.rows.map(change) },
  }));
  return { ...finding, evidence };
}

/** Every key and every text of a specification. */
function insideOf(value: unknown): { keys: string[]; texts: string[] } {
  if (typeof value === 'string') return { keys: [], texts: [value] };
  if (typeof value !== 'object' || value === null) return { keys: [], texts: [] };
  const inner = Object.values(value).map(insideOf);
  return {
    keys: [...(Array.isArray(value) ? [] : Object.keys(value)), ...inner.flatMap(({ keys }) => keys)],
    texts: inner.flatMap(({ texts }) => texts),
  };
}

describe('charts of findings', () => {
  it.each(insightTypes.flatMap((type) => (['pt', 'en'] as const).map((language) => ({ type, language }))))(
    'of $type in $language are valid Vega-Lite that fetches and computes nothing',
    ({ type, language }) => {
      const spec = chartOf(sampleFinding(type), { language, tables });
      expect(isVegaLite(spec), JSON.stringify(isVegaLite.errors?.slice(0, 3))).toBe(true);
      const { keys } = insideOf(spec);
      for (const forbidden of [
        'url',
        'href',
        'image',
        'transform',
        'calculate',
        'expr',
        'signal',
        'labelExpr',
        'params',
      ]) {
        expect(keys).not.toContain(forbidden);
      }
    },
  );

  it('are none where the evidence has nothing to draw', () => {
    for (const type of insightTypes) {
      const bare = { ...sampleFinding(type), evidence: [], facts: {}, labels: {} };
      expect(chartOf(bare, { language: 'pt', tables })).toBeNull();
      const empty = withRows({ ...sampleFinding(type), facts: {} }, (row) => row.map(() => null));
      expect(chartOf(empty, { language: 'en', tables })).toBeNull();
    }
  });

  it('have what strangers wrote as plain text only', () => {
    const hostile = '<img src=x onerror=alert(1)> [x](https://evil.example) {{f1}} \u202e';
    for (const type of ['majority', 'contribution', 'category_outlier', 'group_difference'] as const) {
      const sample = withRows(sampleFinding(type), ([member = null, ...cells], index) => [
        index === 0 ? hostile : member,
        ...cells,
      ]);
      const subject = { ...sample.subject, breakdown: '<b>regiao</b>', filters: [{ column: 'x', value: hostile }] };
      const spec = chartOf({ ...sample, subject }, { language: 'pt', tables });
      const texts = insideOf(spec).texts.filter((text) => !text.startsWith('https://vega.github.io/'));
      expect(texts.join(' ')).not.toMatch(/[<>{}\u202e]|https?:|\]\(/);
      expect(isVegaLite(spec)).toBe(true);
    }
  });

  it('show nothing about persons, and no group of fewer than five rows', () => {
    const personal = {
      ...sampleFinding('majority'),
      subject: { ...sampleFinding('majority').subject, breakdown: 'cliente' },
    };
    expect(chartOf(personal, { language: 'pt', tables })).toBeNull();
    const small = withRows(sampleFinding('majority'), ([member = null, value = null, size = null]) => [
      member,
      value,
      member === 'Norte' ? '4' : size,
    ]);
    const { texts } = insideOf(chartOf(small, { language: 'pt', tables }));
    expect(texts).not.toContain('Norte');
    expect(texts).toEqual(expect.arrayContaining(['Sudeste', '(demais)']));
  });

  it('show how two measures go together in groups of rows, of whose means they are', () => {
    const sample = sampleFinding('correlation');
    const spec = chartOf({ ...sample, subject: { ...sample.subject, measure: 'receita', aggregation: 'sum' } }, asked);
    expect(spec).toMatchObject({
      mark: { type: 'point' },
      encoding: {
        x: { axis: { title: 'média de receita (BRL)' } },
        y: { axis: { title: 'média de desconto (%)' } },
        size: { field: 'count', legend: { title: 'linhas' } },
      },
    });
    const groups = sample.evidence[0]!.result.rows.slice(1);
    expect(spec?.['data']).toEqual({
      values: groups.map(([count, , x, y]) => ({ x: Number(x), y: Number(y), count: Number(count) })),
    });
  });

  it('have a bounded number of rows, among them those that are told of', () => {
    const sample = sampleFinding('group_difference');
    const rows = Array.from({ length: 500 }, (_, index): Cell[] => [`M${index}`, `${500 - index}`, '9']);
    const [evidence] = sample.evidence;
    if (evidence === undefined) throw new Error('no evidence');
    const finding = {
      ...sample,
      labels: {
        highest_member: { kind: 'value', text: 'M0', column: 'regiao' },
        lowest_member: { kind: 'value', text: 'M499', column: 'regiao' },
      },
      evidence: [{ ...evidence, result: { ...evidence.result, rows } }],
    } as const;
    const { texts } = insideOf(chartOf(finding, { language: 'pt', tables }));
    const members = texts.filter((text) => /^M\d/.test(text));
    expect(members).toHaveLength(20);
    expect(members).toEqual(expect.arrayContaining(['M0', 'M499']));
  });

  it('end a waterfall at the whole of the current period, however many steps it has', () => {
    const sample = sampleFinding('contribution');
    const rows = Array.from({ length: 30 }, (_, index): Cell[] => [`M${index}`, `${index}`, `${3 * index + 1}`]);
    const [evidence] = sample.evidence;
    if (evidence === undefined) throw new Error('no evidence');
    const finding = { ...sample, evidence: [{ ...evidence, result: { ...evidence.result, rows } }] };
    const spec = chartOf(finding, { language: 'en', tables });
    expect(spec).toMatchObject({
      data: {
        values: expect.arrayContaining([
          { name: 'May 2025', from: 0, to: 435, role: 'compared' },
          { name: '(rest)', from: expect.any(Number), to: 1335, role: 'usual' },
          { name: 'June 2025', from: 0, to: 1335, role: 'compared' },
        ]),
      },
    });
  });

  it('can be read on white and on near-black', () => {
    for (const ground of ['#ffffff', '#121212']) {
      for (const colour of Object.values(markColours)) expect(contrast(colour, ground)).toBeGreaterThanOrEqual(3);
      expect(contrast(textColour, ground)).toBeGreaterThanOrEqual(4);
    }
  });
});

/** As WCAG 2.2 defines it. */
function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].toSorted((first, second) => first - second);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const channel = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return channel <= 0.040_45 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
