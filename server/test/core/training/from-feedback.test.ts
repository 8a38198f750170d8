import { describe, expect, it } from 'vitest';
import { examplesFromFeedback } from '../../../src/core/training/examples/from-feedback.ts';
import type { TrainingExample } from '../../../src/models/training-example.ts';
import type { FeedbackStore, ReviewedTurn } from '../../../src/ports/feedback-store.ts';
import { sampleAnswer } from '../../support/sample-answer.ts';

const at = new Date(0);

function reviewed(change: {
  correction?: string;
  answered?: boolean;
  text?: string;
  rewritten?: string;
}): ReviewedTurn {
  const { correction = null, answered = true, rewritten = null } = change;
  const answer = sampleAnswer({
    answered,
    ...(answered ? {} : { citations: [] }),
    text: change.text ?? sampleAnswer().text,
  });
  return {
    question: { id: 'msg', role: 'user', text: 'E para Manaus?', createdAt: at, rewritten, answer: null },
    answer: { id: answer.id, role: 'assistant', text: answer.text, createdAt: at, rewritten: null, answer },
    feedback: { messageId: answer.id, rating: 'up', comment: null, correction, createdAt: at },
  };
}

/** Two pages, the last one first. */
function storeOf(...turns: readonly ReviewedTurn[]): FeedbackStore {
  return {
    approved: async (ownerId, { after }) => {
      expect(ownerId).toBe('usr_1');
      return after === null ? { items: turns.slice(0, 1), next: '1' } : { items: turns.slice(1), next: null };
    },
  };
}

async function examplesOf(...turns: readonly ReviewedTurn[]): Promise<TrainingExample[]> {
  const examples: TrainingExample[] = [];
  for await (const example of examplesFromFeedback(storeOf(...turns), 'usr_1')) examples.push(example);
  return examples;
}

describe('an example of feedback', () => {
  it('is an answer that was found good, with what it cites and in the form in which models are to cite', async () => {
    const [example] = await examplesOf(reviewed({ rewritten: 'Qual é o prazo para Manaus?' }));
    expect(example?.prompt.at(-1)?.text).toBe(
      '[1] Política de entregas\nPara Manaus, o prazo é de 12 dias úteis.\n\nPergunta: Qual é o prazo para Manaus?',
    );
    expect(example?.answer).toBe('O prazo para Manaus é de 12 dias úteis. [1]');
  });

  it('is a correction, over the quotes that carry it', async () => {
    const [example] = await examplesOf(reviewed({ correction: 'Para Manaus, o prazo é de 12 dias úteis.' }));
    expect(example?.prompt[0]?.role).toBe('system');
    expect(example?.answer).toBe('Para Manaus, o prazo é de 12 dias úteis. [1]');
  });

  it('is a correction alone where no quote carries it', async () => {
    const [example] = await examplesOf(reviewed({ correction: 'São 15 dias desde maio.' }));
    expect(example).toEqual({
      prompt: [{ role: 'user', text: 'E para Manaus?' }],
      answer: 'São 15 dias desde maio.',
    });
  });

  it('is made of every page, and of no refusal that was found good', async () => {
    const examples = await examplesOf(reviewed({ answered: false, text: 'Não sei.' }), reviewed({}), reviewed({}));
    expect(examples).toHaveLength(2);
    expect(await examplesOf(reviewed({ answered: false, correction: 'São 15 dias.' }))).toHaveLength(1);
  });
});
