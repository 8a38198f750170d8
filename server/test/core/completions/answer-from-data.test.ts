import { describe, expect, it } from 'vitest';
import type { Insights } from '../../../src/core/insights/insights.ts';
import type { CompletionRequest } from '../../../src/core/completions/completions.ts';
import { greedySampling } from '../../../src/models/language-model.ts';
import type { InsightReport } from '../../../src/models/insight.ts';
import { setUpCompletions } from '../../support/completions-setup.ts';
import { samplePersona } from '../../support/sample-persona.ts';

const table = 'regiao;receita\nSul;1,50\nNorte;2,50\nSul;3,00';
const asked = `Qual foi a receita do Sul?\n\n${table}`;
const analyst = samplePersona('analista:latest', { base: 'nano', insights: true });

/** Answers every table with one sentence, and tells what it was asked. */
function computing(answer: InsightReport['answer']): {
  answer: Insights['answer'];
  seen: { question: string | null; table: string }[];
} {
  const seen: { question: string | null; table: string }[] = [];
  return {
    seen,
    async answer({ question, tables }) {
      for await (const { source } of tables) {
        if ('datasetId' in source) throw new Error('that was no table');
        const pieces: Uint8Array[] = [];
        for await (const piece of source.content) pieces.push(piece);
        seen.push({ question, table: Buffer.concat(pieces).toString() });
      }
      return { answer, insights: [] } as unknown as InsightReport;
    },
  };
}

const said = (text: string): InsightReport['answer'] => ({
  text,
  template: '',
  facts: {},
  labels: {},
  evidence: [],
  insightIds: [],
  needsClarification: null,
});

const chat = (text: string, change: Partial<CompletionRequest> = {}): CompletionRequest => ({
  model: 'analista:latest',
  prompt: { type: 'chat', messages: [{ role: 'user', text }] },
  sampling: {},
  usual: greedySampling,
  ...change,
});

describe('a persona that computes', () => {
  it.each([
    ['chat', chat(asked)],
    ['question', chat('', { prompt: { type: 'question', text: asked } })],
  ])('answers a table in a %s with what was computed, without a model', async (_name, request) => {
    const insights = computing(said('Total de receita (Sul): 4,50.'));
    const { collect, engine } = setUpCompletions({ personas: [analyst], insights: insights.answer });
    const parts = await collect(request);
    expect(parts).toMatchObject([
      { type: 'start', model: { persona: 'analista:latest' } },
      { type: 'text-delta', delta: 'Total de receita (Sul): 4,50.' },
      { type: 'finish', reason: 'stop', usage: { promptTokens: 0, completionTokens: 0 } },
    ]);
    expect(insights.seen).toEqual([{ question: 'Qual foi a receita do Sul?', table }]);
    expect(engine.requests).toEqual([]);
  });

  it.each([
    ['without a table', chat('Qual foi a receita do Sul?'), [analyst]],
    [
      'whose table was said before',
      chat('', {
        prompt: {
          type: 'chat',
          messages: [
            { role: 'user', text: asked },
            { role: 'assistant', text: 'Sim.' },
            { role: 'user', text: 'E o Norte?' },
          ],
        },
      }),
      [analyst],
    ],
    ['that must have a form', chat(asked, { format: { type: 'json' } }), [analyst]],
    ['to a persona that does not compute', chat(asked), [samplePersona('analista:latest', { base: 'nano' })]],
  ])('lets the model answer a prompt %s', async (_name, request, personas) => {
    const { collect, engine } = setUpCompletions({ personas });
    await collect(request);
    expect(engine.requests).toHaveLength(1);
  });
});
