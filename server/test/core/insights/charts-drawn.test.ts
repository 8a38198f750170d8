import { Error as onlyErrors, parse, View, type Loader } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { compile, type TopLevelSpec } from 'vega-lite';
import { describe, expect, it } from 'vitest';
import { chartOf } from '../../../src/core/insights/charts/chart-of.ts';
import { insightTypes, type InsightType } from '../../../src/models/insight.ts';
import type { Language } from '../../../src/models/language.ts';
import { sampleFinding, sampleTable } from '../../support/sample-findings.ts';

async function draw(
  type: InsightType,
  language: Language,
): Promise<{ svg: string; complaints: string[]; loads: string[] }> {
  const spec: TopLevelSpec = JSON.parse(
    JSON.stringify(chartOf(sampleFinding(type), { language, tables: [sampleTable] })),
  );
  const loads: string[] = [];
  const complaints: string[] = [];
  const refuse = (address: string): never => {
    loads.push(address);
    throw new Error('nothing is loaded');
  };
  const loader = { options: {}, load: refuse, sanitize: refuse, http: refuse, file: refuse } as unknown as Loader;
  const complain = (...messages: readonly unknown[]) => {
    complaints.push(messages.join(' '));
    return logger;
  };
  const logger = {
    level: () => logger,
    error: complain,
    warn: complain,
    info: () => logger,
    debug: () => logger,
  };
  const compiled = compile(spec, { logger: logger }).spec;
  const view = new View(parse(compiled, undefined, { ast: true }), {
    loader,
    logLevel: onlyErrors,
    logger: logger,
    expr: expressionInterpreter,
    renderer: 'none',
  });
  const svg = await view.toSVG();
  view.finalize();
  return { svg, complaints, loads };
}

describe('charts of findings, drawn', () => {
  it.each(insightTypes.flatMap((type) => (['pt', 'en'] as const).map((language) => ({ type, language }))))(
    'of $type in $language fetch nothing, complain of nothing, and hold nothing that runs',
    async ({ type, language }) => {
      const { svg, complaints, loads } = await draw(type, language);
      expect({ complaints, loads }).toEqual({ complaints: [], loads: [] });
      expect(svg).toMatch(/^<svg/);
      expect(svg).not.toMatch(
        /<(?:script|image|foreignObject|a|use|style)\b|\shref=|xlink:href=|url\(\s*['"]?(?!#)|\son\w+=|NaN|undefined/i,
      );
    },
  );

  it('have numbers as the language writes them', async () => {
    expect((await draw('majority', 'pt')).svg).toMatch(/>\d+\.000</);
    expect((await draw('majority', 'en')).svg).toMatch(/>\d+,000</);
  });
});
