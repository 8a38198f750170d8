import type { DataAnswer } from '../../../models/insight.ts';
import { gatherEvidence } from '../evidence/evidence.ts';
import { renderAnswer } from '../narrative/render-answer.ts';
import { answerPlan, type Answered } from './answer/answer-plan.ts';
import { asksWhy } from './words/asks-why.ts';
import { clarify } from './answer/clarify.ts';
import { focusOf, markQuestion } from './match/mark-question.ts';
import { answerWithModel } from './model/model-answer.ts';
import { planSql } from './plan/plan-sql.ts';
import type { Plan, Unclear, Understanding } from './plan/plan.ts';
import type { QuestionAnswerer, QuestionOptions } from './question-answerer.ts';
import { readPlan } from './plan/read-plan.ts';

/** Reads questions word for word; what it does not understand whole, a model may write SQL for, or the person is asked. */
export function createQuestionAnswerer(): QuestionAnswerer {
  return {
    async answer(question, options) {
      const marked = [];
      for (const table of options.tables) marked.push(await markQuestion(question, { ...options, table }));
      const focus = focusOf(marked);
      if (asksWhy(question)) return { answer: null, focus, rejected: [], isDegraded: false };
      const understood = choose(marked.map(readPlan));
      const told: Answered = 'plan' in understood ? await answerOf(understood.plan, options) : understood;
      if ('answer' in told) return { answer: rendered(told.answer, options), focus, rejected: [], isDegraded: false };
      const lacking = clarifying(clarify(told.unclear, options));
      if (options.write === null || !mayBeWritten(told.unclear)) {
        return { answer: lacking, focus, rejected: [], isDegraded: false };
      }
      const written = await answerWithModel(question, { ...options, write: options.write });
      const answer = written.answer === null ? lacking : rendered(written.answer, options);
      return { answer, focus, rejected: written.rejected, isDegraded: written.isDegraded };
    },
  };
}

async function answerOf(plan: Plan, { session, language }: QuestionOptions): Promise<Answered> {
  const evidence = await gatherEvidence(session, { id: 'q1', sql: planSql(plan) });
  return answerPlan(plan, { evidence, language });
}

/** The one table for which the question makes sense; of those for which it does not, the one for which it nearly does. */
function choose(understandings: readonly Understanding[]): Understanding {
  const plans = understandings.flatMap((each) => ('plan' in each ? [each] : []));
  const [first, second] = plans;
  if (first !== undefined && second === undefined) return first;
  if (second !== undefined) return { unclear: { kind: 'several_tables', tables: plans.map(({ plan }) => plan.table) } };
  const lacking = understandings.flatMap((each) => ('unclear' in each ? [each] : []));
  return lacking.toSorted((one, other) => unknownIn(one.unclear) - unknownIn(other.unclear))[0] ?? noTable;
}

const noTable: Understanding = { unclear: { kind: 'no_measure' } };

function unknownIn(unclear: Unclear): number {
  return unclear.kind === 'unknown_words' ? unclear.words.length : 0;
}

/** What only the person can say, and what must not be shown, no model is asked. */
function mayBeWritten({ kind }: Unclear): boolean {
  return kind === 'unknown_words' || kind === 'no_measure' || kind === 'combination';
}

function rendered(answer: Omit<DataAnswer, 'text'>, { language, tables }: QuestionOptions): DataAnswer {
  const text = renderAnswer({ ...answer, text: '' }, { language, tables });
  return { ...answer, text };
}

function clarifying(needsClarification: string): DataAnswer {
  return { text: '', template: '', facts: {}, labels: {}, evidence: [], insightIds: [], needsClarification };
}
