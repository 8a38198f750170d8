import type { DataAnswer, Insight, InsightReport } from '../../../models/insight.ts';
import { answerFromInsights } from './answer-from-insights.ts';
import { elaborate } from './elaborate.ts';
import { findFindings, type Found } from '../findings/find-findings.ts';
import type { InsightPart } from '../insight-part.ts';
import type { InsightTools } from '../insight-ports.ts';
import type { InsightContext, KeptRequest } from '../insight-request.ts';
import type { MeasuredSession } from './measured-session.ts';
import { createNarrator } from '../narrative/create-narrator.ts';
import type { Narration } from '../narrative/narrator.ts';
import { checkAnswerNumbers, renderAnswer } from '../narrative/render-answer.ts';
import { sumOfChecks } from '../narrative/check-numbers.ts';
import { createQuestionAnswerer } from '../questions/create-question-answerer.ts';
import type { AnsweredQuestion } from '../questions/question-answerer.ts';
import type { TimeLeft } from './time-left.ts';
import type { ModelWriter } from './write-with-model.ts';

/** All that the steps share. */
export interface Course {
  request: KeptRequest;
  context: InsightContext;
  tools: InsightTools;
  session: MeasuredSession;
  time: TimeLeft;
  /** null: none was wanted, or none is there. */
  writer: ModelWriter | null;
}

/** Until which share of the time is looked for findings: what is found must still be told, by a model perhaps. */
const shareForFinding = { withModel: 0.5, withoutModel: 0.75 };

/** The question, the findings and their words, over tables whose profile is known. */
export async function* fillReport(report: InsightReport, course: Course): AsyncGenerator<InsightPart, void> {
  const answered = await answerQuestion(report, course);
  const found = await find(report, course, answered);
  // Nothing more is asked: while words are found, which takes a model its time, others have their turn.
  void course.session[Symbol.asyncDispose]();
  const narration = await phrase(report, course, found);

  const { context, time } = course;
  const insights: Insight[] = [];
  const elaboration = { findings: found.findings, narration, report };
  for await (const insight of elaborate(elaboration, { ...course, budget: time.signal(1, context.signal) })) {
    insights.push(insight);
    yield { type: 'insight', insight };
  }
  const answer = report.question === null ? null : (answered?.answer ?? answerFromInsights(insights, report.language));
  if (answer !== null) yield { type: 'answer', answer };
  yield { type: 'done', report: finished(report, course, { answered, found, narration, insights, answer }) };
}

async function answerQuestion(
  { question, tables, language }: InsightReport,
  { request, context, tools, session, writer }: Course,
): Promise<AnsweredQuestion | null> {
  if (question === null) return null;
  const write = request.options.sql === 'llm' ? (writer?.write ?? null) : null;
  const options = {
    session,
    tables,
    language,
    now: tools.now(),
    about: request.context,
    write,
    signal: context.signal,
  };
  const { answer, ...answered } = await createQuestionAnswerer().answer(question, options);
  if (answer === null || answer.needsClarification !== null) return { answer, ...answered };
  return { ...answered, answer: { ...answer, text: renderAnswer(answer, { language, tables }) } };
}

async function find(
  { tables, warnings }: InsightReport,
  { request: { options }, context: { signal }, tools, session, time, writer }: Course,
  answered: AnsweredQuestion | null,
): Promise<Found> {
  const share = writer === null ? shareForFinding.withoutModel : shareForFinding.withModel;
  const budget = time.signal(share, signal);
  const focus = answered?.focus ?? null;
  return findFindings(
    { session, tables, warnings, now: tools.now(), options, focus },
    { signal, budget, onError: tools.onError },
  );
}

async function phrase(
  { language, tables }: InsightReport,
  { request, context: { signal }, writer }: Course,
  { findings }: Found,
): Promise<Narration> {
  const write = request.options.narrative === 'llm' ? (writer?.write ?? null) : null;
  return createNarrator().tell(findings, { language, tables, about: request.context, write, signal });
}

interface Outcome {
  answered: AnsweredQuestion | null;
  found: Found;
  narration: Narration;
  insights: readonly Insight[];
  answer: DataAnswer | null;
}

function finished(
  report: InsightReport,
  { request: { options }, session, writer }: Course,
  { answered, found, narration, insights, answer }: Outcome,
): InsightReport {
  const isWithoutModel = writer === null && (options.narrative === 'llm' || options.sql === 'llm');
  const isDegraded = isWithoutModel || narration.isDegraded;
  const { tables, warnings } = report;
  const isPartial = found.isPartial || warnings.some(({ code }) => code === 'columns_left_out');
  // An answer that is made of headlines was counted with them.
  const numbersOfAnswer = answer === null || answer.template === '' ? [] : [checkAnswerNumbers(answer, report)];
  return {
    ...report,
    status: isPartial ? 'partial' : isDegraded ? 'degraded' : 'complete',
    answer,
    insights,
    rejected: together([...(answered?.rejected ?? []), ...found.rejected, ...narration.rejected]),
    verification: {
      ...sumOfChecks([narration.numbers, ...numbersOfAnswer]),
      sentencesDropped: narration.sentencesDropped,
    },
    usage: {
      rows: tables.reduce((sum, { rows }) => sum + rows, 0),
      sqlMs: session.sqlMs,
      llmMs: writer?.milliseconds ?? 0,
      tokens: writer?.tokens ?? report.usage.tokens,
      model: writer?.model ?? null,
    },
  };
}

function together(rejected: InsightReport['rejected']): InsightReport['rejected'] {
  const counts = new Map<InsightReport['rejected'][number]['reason'], number>();
  for (const { reason, count } of rejected) counts.set(reason, (counts.get(reason) ?? 0) + count);
  return [...counts].map(([reason, count]) => ({ reason, count }));
}
