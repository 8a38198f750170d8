import { insightReportSchema, type InsightReport } from '@billumy/protocol';
import { afterAll, describe, expect, it } from 'vitest';
import { AppError } from '../../src/errors/app-error.ts';
import type { DataEngine } from '../../src/ports/data-engine.ts';
import { closeDataEngine, sharedDataEngine } from '../support/data-session.ts';
import { createScriptedEngine } from '../support/scripted-engine.ts';
import { openInsightApp, type InsightAppOptions } from '../support/insight-app.ts';

afterAll(closeDataEngine);

const rows = Array.from({ length: 60 }, (_, index) => ({
  regiao: index % 4 === 0 ? 'Norte' : 'Sul',
  receita: 100.5 + (index % 7) * 10,
}));

async function reportWith(options: InsightAppOptions, asked: object = {}): Promise<InsightReport> {
  await using service = await openInsightApp(options);
  const body = {
    tables: [{ rows }],
    ...asked,
    options: { narrative: 'llm', timeout_ms: 60_000, ...Object(asked)['options'] },
  };
  const reply = await service.call('POST', '/insights', { json: body });
  expect(reply.statusCode, reply.body).toBe(200);
  return insightReportSchema.parse(reply.json());
}

/** Writes nothing until it is told to stop. */
const hangingEngine = {
  ...createScriptedEngine(),
  async *generate(_request: unknown, { signal }: { signal: AbortSignal }) {
    await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
    yield* [];
  },
};

describe('POST /insights with a model', () => {
  it.each<[string, InsightAppOptions, object?]>([
    ['fails', { reply: () => new AppError('engine_failed') }],
    ['is overloaded', { reply: () => new AppError('overloaded') }],
    ['writes no JSON', { reply: () => ['Receita', ' caiu'] }],
    [
      'invents numbers',
      { reply: () => ['{"insights":[{"headline":"Sul tem 99 % da receita","explanation":"Dobrou."}]}'] },
    ],
    ['is not there', { model: null }],
    ['never answers', { engine: hangingEngine }, { options: { timeout_ms: 10_000 } }],
  ])('that %s gives built-in sentences in time, and says so', async (_name, options, asked) => {
    const { status, insights, verification } = await reportWith(options, asked);
    expect(status).toBe('degraded');
    expect(insights.length).toBeGreaterThan(0);
    expect(insights.every(({ narrative }) => narrative === 'template')).toBe(true);
    expect(verification.free_numbers).toBe(0);
  });

  it('keeps nobody waiting for the data engine while it writes', async () => {
    const order: string[] = [];
    const engine = await sharedDataEngine();
    const open: DataEngine['open'] = async (...asked) => {
      const session = await engine.open(...asked);
      const close = async (): Promise<void> => {
        order.push('closed');
        await session[Symbol.asyncDispose]();
      };
      return { ...session, [Symbol.asyncDispose]: close };
    };
    const reply = (): string[] => {
      order.push('written');
      return ['nothing'];
    };
    await reportWith({ reply, change: { dataEngine: { ...engine, open } } });
    expect(order).toContain('written');
    expect(order[0]).toBe('closed');
  });

  it('is charged for what it wrote, also when that is of no use', async () => {
    const charged: string[] = [];
    const metering = {
      assertTokensLeft: async () => undefined,
      charge: async (...[, { model }]: [unknown, { model: string }]) => void charged.push(model),
    };
    const { usage } = await reportWith({ reply: () => ['nothing'], metering });
    expect(usage.model).toBe('nano');
    expect(usage.tokens_out).toBeGreaterThan(0);
    expect(new Set(charged)).toEqual(new Set(['nano']));
  });

  it('is not asked when nothing is left of the quota', async () => {
    const metering = {
      assertTokensLeft: () => Promise.reject(new AppError('quota_exceeded')),
      charge: async () => undefined,
    };
    await using service = await openInsightApp({ metering });
    const reply = await service.call('POST', '/insights', {
      json: { tables: [{ rows }], options: { narrative: 'llm' } },
    });
    expect(reply.json()).toMatchObject({ status: 429, code: 'quota_exceeded' });
    const without = await service.call('POST', '/insights', { json: { tables: [{ rows }] } });
    expect(without.statusCode).toBe(200);
  });
});

describe('POST /insights with documents', () => {
  const documents = [
    { id: 'doc_1', title: 'Lojas', texts: ['A loja da região Sul fechou por três semanas para reforma.'] },
    { id: 'doc_2', title: 'Férias', texts: ['As férias são marcadas com o gestor.'] },
  ];

  it('cites what they say of what was found, word for word', async () => {
    const { insights } = await reportWith(
      { documents },
      { options: { narrative: 'template', collections: ['policies'], types: ['majority'] } },
    );
    const citations = insights.flatMap((insight) => insight.citations);
    expect(citations.map(({ document }) => document.id)).toContain('doc_1');
    expect(citations.map(({ document }) => document.id)).not.toContain('doc_2');
    const [first] = citations;
    expect(documents[0]?.texts[0]).toContain(first?.quote);
  });

  it('cites nothing that was not asked for', async () => {
    const { insights } = await reportWith({ documents }, { options: { narrative: 'template' } });
    expect(insights.flatMap((insight) => insight.citations)).toEqual([]);
  });
});

describe('POST /insights with charts', () => {
  it.each([
    ['svg', { vega_lite: expect.any(Object), svg: '<svg/>' }],
    ['spec', { vega_lite: expect.any(Object), svg: null }],
  ])('gives %s', async (charts, expected) => {
    const { insights } = await reportWith({}, { options: { narrative: 'template', charts, types: ['majority'] } });
    expect(insights[0]?.chart).toEqual(expected);
  });

  it('goes without a picture when none can be drawn', async () => {
    const draw = (): Promise<string> => Promise.reject(new AppError('timeout'));
    const change = { charts: { draw, [Symbol.asyncDispose]: async () => undefined } };
    const { status, insights } = await reportWith(
      { change },
      { options: { narrative: 'template', charts: 'svg', types: ['majority'] } },
    );
    expect(status).toBe('complete');
    expect(insights[0]?.chart).toEqual({ vega_lite: expect.any(Object), svg: null });
  });
});
