import type { AnswerTrace, TracedPassage } from '../../models/answer.ts';
import type { RetrievedPassage } from '../retrieval/retrieval.ts';
import type { AskTools } from './ask-ports.ts';
import type { Evidence } from './grounding/evidence.ts';
import { mergeNeighbours } from './grounding/merge-neighbours.ts';
import type { Prepared } from './prepare.ts';
import type { AskContext } from './question.ts';
import { rewriteFollowUp } from './conversation/rewrite.ts';

export interface Retrieved {
  rewrite: AnswerTrace['rewrite'];
  /** As retrieval ranked them. */
  passages: readonly RetrievedPassage[];
  /** Merged, best first. */
  found: readonly Evidence[];
  embeddingModel: string | undefined;
  trace: AnswerTrace['retrieval'];
  /** Of retrieval alone. */
  milliseconds: number;
}

const passagesRetrieved = 16;
const passagesOfADocument = 3;

/** The rewrite and retrieve stages: a rewritten question is searched beside the original. */
export async function retrieve(
  { question, filter, language, model, adapter, memory }: Prepared,
  { principal, signal }: AskContext,
  { retrieval, engine, models, metering }: AskTools,
): Promise<Retrieved> {
  const { questions: previousQuestions, history } = memory;
  const { rewrite, usage } = await rewriteFollowUp(
    { question, previousQuestions, history, language, model, adapter },
    { engine, signal },
  );
  if (usage !== null && model !== null) await metering.charge(principal, { model: model.name, usage });
  const startedAt = performance.now();
  // The first is the one passages are reranked by.
  const queries = rewrite === null ? [question] : [rewrite.question, question];
  const [{ passages, degraded }, embedding] = await Promise.all([
    retrieval.search({ queries, filter, limit: passagesRetrieved, perDocument: passagesOfADocument }, { signal }),
    models.forEmbedding(),
  ]);
  return {
    rewrite,
    passages,
    found: mergeNeighbours(passages),
    embeddingModel: embedding?.name,
    trace: { degraded, passages: passages.map(traced) },
    milliseconds: performance.now() - startedAt,
  };
}

function traced({ passage, score, lexical, dense, coverage }: RetrievedPassage): TracedPassage {
  return {
    passageId: passage.id,
    score,
    lexicalRank: lexical?.rank ?? null,
    denseRank: dense?.rank ?? null,
    coverage,
  };
}
