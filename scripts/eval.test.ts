import { describe, expect, it } from 'vitest';
import { readEvaluationSet } from './evaluation-set.ts';
import { runEval } from './eval.ts';
import { rankingMetrics } from './ranking-metrics.ts';

describe('evaluation of retrieval', () => {
  it('computes the figures as they are defined', () => {
    const { mrr10, recall5, ndcg10 } = rankingMetrics([
      { ranked: ['b', 'a', 'c'], relevant: ['a'] },
      { ranked: ['x', 'a', 'y', 'z', 'w', 'b'], relevant: ['a', 'b'] },
      { ranked: [], relevant: ['a'] },
    ]);
    const second = 1 / Math.log2(3);
    const seventh = 1 / Math.log2(7);
    expect(mrr10).toBeCloseTo((0.5 + 0.5 + 0) / 3, 10);
    expect(recall5).toBeCloseTo((1 + 0.5 + 0) / 3, 10);
    expect(ndcg10).toBeCloseTo((second + (second + seventh) / (1 + second)) / 3, 10);
  });

  it('finds the documents of the sample set, with and without accents alike, and refuses what they do not answer', async () => {
    const { asTyped, withoutAccents, ...report } = await runEval('examples/eval');
    expect(report).toMatchObject({ documents: 30, questions: 62, embeddingModel: null });
    expect(asTyped.mrr10).toBeGreaterThan(0.95);
    expect(asTyped.refused).toBeGreaterThan(0.8);
    expect(asTyped.kept).toBeGreaterThan(0.8);
    expect(withoutAccents).toEqual(asTyped);
  });

  it('refuses a folder that is not there', async () => {
    await expect(readEvaluationSet('examples/no-such-folder')).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
