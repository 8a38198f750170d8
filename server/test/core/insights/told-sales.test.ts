import { beforeAll, describe, expect, it } from 'vitest';
import { chartOf } from '../../../src/core/insights/charts/chart-of.ts';
import { createNarrator } from '../../../src/core/insights/narrative/create-narrator.ts';
import { insightShapes, type Finding, type TableProfile } from '../../../src/models/insight.ts';
import { decentNarrative } from '../../support/insights/decent-narratives.ts';
import { foundInSales } from '../../support/insights/found-in-sales.ts';

const { signal } = new AbortController();
let findings: readonly Finding[] = [];
let tables: readonly TableProfile[] = [];

beforeAll(async () => {
  ({ findings, tables } = await foundInSales({ seed: 5, rows: 20_000 }));
});

describe('what detectors find', () => {
  it('has the facts and labels that its sentences are made of', () => {
    expect(new Set(findings.map(({ type }) => type)).size).toBeGreaterThan(7);
    const lacking = findings.flatMap(({ type, facts, labels }) => {
      const { facts: wantedFacts, labels: wantedLabels } = insightShapes[type];
      const names = new Set([...Object.keys(facts), ...Object.keys(labels)]);
      return [...wantedFacts, ...wantedLabels].filter((name) => !names.has(name)).map((name) => `${type}: ${name}`);
    });
    expect(lacking).toEqual([]);
  });

  it.each(['pt', 'en'] as const)(
    'is told in %s, in built-in sentences and by a model, without a free number',
    async (language) => {
      const builtIn = await createNarrator().tell(findings, { language, tables, write: null, signal });
      expect(builtIn.numbers.numbers).toBeGreaterThan(findings.length);
      expect(builtIn.numbers.freeNumbers).toBe(0);
      for (const finding of findings) {
        const written = JSON.stringify(decentNarrative(finding.type, { language, variant: 0 }));
        const ofModel = await createNarrator().tell([finding], {
          language,
          tables,
          write: async () => written,
          signal,
        });
        expect({ type: finding.type, rejected: ofModel.rejected }).toEqual({ type: finding.type, rejected: [] });
      }
    },
  );

  it('has a chart, wherever its evidence has rows to draw', () => {
    const without = findings.filter((finding) => chartOf(finding, { language: 'pt', tables }) === null);
    expect(without).toEqual([]);
  });
});
