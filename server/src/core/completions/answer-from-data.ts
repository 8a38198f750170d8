import type { InsightReport } from '../../models/insight.ts';
import type { TokenUsage } from '../../models/language-model.ts';
import type { Persona } from '../../models/persona.ts';
import type { InsightRequest } from '../insights/insight-request.ts';
import type { Insights } from '../insights/insights.ts';
import { findPromptData, type PromptData } from '../insights/prompt-data/find-prompt-data.ts';
import type { CallContext, CompletionPart, CompletionRequest } from './completions.ts';

/** The table in the last words of this prompt, when the persona computes; undefined when the prompt has none. */
export function dataIn({ prompt, format }: CompletionRequest, persona: Persona | undefined): PromptData | undefined {
  if (persona?.insights !== true || format !== undefined) return undefined;
  if (prompt.type === 'question') return findPromptData(prompt.text);
  if (prompt.type !== 'chat' || (prompt.tools ?? []).length > 0) return undefined;
  const last = prompt.messages.at(-1);
  return last?.role === 'user' ? findPromptData(last.text) : undefined;
}

const noUsage: TokenUsage = { promptTokens: 0, cachedTokens: 0, completionTokens: 0 };

/** The answer and the insights of `/insights`, as a completion: no model has a part in its numbers. */
export async function* answerFromData(
  data: PromptData,
  context: CallContext,
  { insights, persona }: { insights: Pick<Insights, 'answer'>; persona: Persona | undefined },
): AsyncGenerator<CompletionPart> {
  const startedAt = performance.now();
  const report = await insights.answer(requestOf(data, persona), context);
  yield { type: 'text-delta', delta: textOf(report) };
  const citations = report.insights.flatMap((insight) => insight.citations);
  if (citations.length > 0) yield { type: 'citations', citations };
  const promptMs = performance.now() - startedAt;
  yield {
    type: 'finish',
    reason: 'stop',
    usage: noUsage,
    timings: { queueMs: 0, loadMs: 0, promptMs, generateMs: 0 },
  };
}

function requestOf({ format, delimiter, content, question }: PromptData, persona: Persona | undefined): InsightRequest {
  const source = { format, csv: { delimiter }, content: bytesOf(content) };
  return {
    question: question === '' ? null : question,
    language: null,
    tables: once({ columns: [], source }),
    context: null,
    period: {},
    options: {
      maxInsights: 5,
      q: 0.05,
      narrative: 'template',
      sql: 'builtin',
      charts: 'none',
      collections: persona?.knowledge?.collections ?? undefined,
      timeoutMs: 20_000,
    },
  };
}

async function* once<T>(value: T): AsyncGenerator<T> {
  yield value;
}

function bytesOf(text: string): AsyncGenerator<Uint8Array> {
  return once(new TextEncoder().encode(text));
}

/** What was asked first, then what else the table tells. */
function textOf({ answer, insights }: InsightReport): string {
  const said = answer?.needsClarification ?? answer?.text ?? '';
  const isOfInsights = answer !== null && answer.insightIds.length > 0;
  const lines = insights.map(({ narrative, caveatTexts }) =>
    ['-', narrative.headline, narrative.explanation, ...caveatTexts].filter((text) => text !== '').join(' '),
  );
  return [isOfInsights ? '' : said, lines.join('\n')].filter((text) => text !== '').join('\n\n');
}
