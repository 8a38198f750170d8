import type { Answer } from '../../src/models/answer.ts';

/** An answer with something in every field. */
export function sampleAnswer(change: Partial<Answer> = {}): Answer {
  return {
    id: 'ans_1',
    conversationId: 'con_1',
    answered: true,
    mode: 'generated',
    text: 'O prazo para Manaus é de 12 dias úteis [1].',
    citations: [
      {
        marker: 1,
        document: { id: 'doc_1', title: 'Política de entregas', revision: 3 },
        page: 2,
        start: 1840,
        end: 1880,
        quote: 'Para Manaus, o prazo é de 12 dias úteis.',
        score: 0.91,
      },
    ],
    sentences: [{ start: 0, end: 43, supported: true, citations: [1] }],
    refusal: null,
    nearest: [],
    language: 'pt',
    model: 'nano',
    usage: { promptTokens: 812, cachedTokens: 0, completionTokens: 21 },
    timings: { retrieveMs: 4.1, firstTokenMs: 310, totalMs: 900 },
    trace: {
      rewrite: null,
      retrieval: { degraded: 'no embedding model', passages: [] },
      gate: { passed: true, coverage: 0.9, cosine: null },
      budget: null,
      fallback: null,
    },
    ...change,
  };
}
