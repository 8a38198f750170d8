import type { Citation } from '../../../models/answer.ts';
import type { Finding, Insight, InsightReport } from '../../../models/insight.ts';
import { permittedPassages } from '../../auth/permitted-passages.ts';
import { chartOf } from '../charts/chart-of.ts';
import { citeInsight, type CiteOptions } from './cite-insight.ts';
import type { InsightTools } from '../insight-ports.ts';
import type { InsightContext, KeptRequest } from '../insight-request.ts';
import { caveatTexts } from '../narrative/caveat-texts.ts';
import type { Narration } from '../narrative/narrator.ts';

export interface Elaboration {
  findings: readonly Finding[];
  narration: Narration;
  report: Pick<InsightReport, 'language' | 'tables'>;
}

export interface ElaborateContext {
  request: KeptRequest;
  context: InsightContext;
  tools: InsightTools;
  /** Aborts when the time of the request is over: what comes then has no citations and no picture. */
  budget: AbortSignal;
}

/** Findings as they are told, in order: with their words, what documents say of them, and a chart. */
export async function* elaborate(
  { findings, narration, report }: Elaboration,
  course: ElaborateContext,
): AsyncGenerator<Insight> {
  const cite = await openCiting(report, course);
  for (const [index, finding] of findings.entries()) {
    course.context.signal.throwIfAborted();
    const narrative = narration.narratives[index];
    if (narrative === undefined) throw new Error('a finding has no words');
    yield {
      ...finding,
      id: `i${index + 1}`,
      rank: index + 1,
      narrative,
      caveatTexts: caveatTexts(finding.caveats, report.language),
      citations: await unlessLate(cite(finding), [], course),
      chart: await draw(finding, { report, course }),
    };
  }
}

type Cite = (finding: Finding) => Promise<readonly Citation[]>;

async function openCiting(
  { language }: Elaboration['report'],
  { request: { options, actAs }, context: { principal }, tools, budget }: ElaborateContext,
): Promise<Cite> {
  const { collections } = options;
  if (collections === undefined) return async () => [];
  const filter = permittedPassages(principal, { collections, actAs });
  const embeddingModel = (await tools.models.forEmbedding())?.name;
  const citing: CiteOptions = { language, filter, embeddingModel, signal: budget };
  return (finding) => citeInsight(finding, tools.retrieval, citing);
}

async function draw(
  finding: Finding,
  { report, course }: { report: Elaboration['report']; course: ElaborateContext },
): Promise<Insight['chart']> {
  const { charts: wanted } = course.request.options;
  if (wanted === 'none') return null;
  const vegaLite = chartOf(finding, report);
  if (vegaLite === null) return null;
  if (wanted === 'spec') return { vegaLite, svg: null };
  const svg = course.tools.charts.draw(vegaLite, { signal: course.budget });
  return { vegaLite, svg: await unlessLate(svg, null, course) };
}

/** What an insight can do without is left out when it fails, which is told to the operator, or comes too late. */
async function unlessLate<T, U>(
  work: Promise<T>,
  otherwise: U,
  { budget, context: { signal }, tools }: ElaborateContext,
): Promise<T | U> {
  try {
    return await work;
  } catch (error) {
    signal.throwIfAborted();
    if (!budget.aborted) tools.onError(error);
    return otherwise;
  }
}
