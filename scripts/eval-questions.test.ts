import { describe, expect, it } from 'vitest';
import { figuresOf, runQuestionEval } from './eval-questions.ts';
import { readQuestions } from './question-set.ts';

describe('evaluation of questions over tables', () => {
  it('answers most of the sample questions rightly, none wrongly, and none that the tables cannot answer', async () => {
    const only = ['vendas', 'tickets', 'inventario', 'contas'];
    const judged = await runQuestionEval('examples/data-questions', { only });
    const { counts } = figuresOf(judged);
    expect(judged.filter(({ outcome }) => outcome === 'wrong' || outcome === 'invented')).toEqual([]);
    expect(counts.refused).toBeGreaterThanOrEqual(15);
    expect(counts.right / (counts.right + counts.asked)).toBeGreaterThan(0.85);
  });

  it('has questions in both languages about many tables, a third of them held out', async () => {
    const questions = await readQuestions('examples/data-questions');
    expect(questions.length).toBeGreaterThanOrEqual(150);
    expect(new Set(questions.map(({ table }) => table)).size).toBeGreaterThanOrEqual(10);
    expect(questions.filter(({ language }) => language === 'en').length).toBeGreaterThan(50);
    expect(questions.filter(({ heldOut }) => heldOut).length / questions.length).toBeGreaterThan(0.3);
  });

  it('refuses a folder that is not there', async () => {
    await expect(readQuestions('examples/no-such-folder')).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
