import type { TrainingRow } from '../../../models/training-example.ts';
import type { CallOptions, Engine } from '../../../ports/engine.ts';
import type { Likelihood } from '../../../ports/likelihood.ts';
import type { TrainingItem } from '../../../ports/trainer.ts';
import { answerKey } from '../examples/keys.ts';
import { greedyAnswers } from './greedy-answers.ts';
import { retrievalSet, type RetrievalQuestion } from './retrieval-set.ts';
import { scoreRetrieval } from './score-retrieval.ts';

/** What a version of a model can do, by the engine that serves it. */
export interface Measures {
  /** Negative log-likelihood of a token of the answers that were held out. */
  heldOutNll: number;
  /** The same of what it could do before. */
  replayNll: number;
  /** Share (0..1) of taught prompts with a short answer that are answered as given, word for word; null without such. */
  taughtExact: number | null;
  /** The same of all held-out prompts. */
  heldOutExact: number;
  /** Of a hundred questions over documents, those that are answered rightly. */
  retrieval: number;
}

export interface MeasureRequest {
  engine: Engine;
  likelihood: Likelihood;
  model: string;
  /** The digest of the adapter that is measured; the base without one. */
  adapter?: string | undefined;
  /** What it was found to have of the fixed set before; it is not asked again then. */
  knownRetrieval?: number | undefined;
  sets: MeasureSets;
}

/** Nothing but what is taught is trained on. */
export interface MeasureSets {
  taught: readonly TrainingItem[];
  heldOut: readonly TrainingItem[];
  replay: readonly TrainingItem[];
  /** By default the fixed set. */
  retrieval?: readonly RetrievalQuestion[] | undefined;
}

/** Of what was taught: the question is whether it stuck, and each answer takes its time. */
const mostTaught = 16;
/** What is longer can be said in many ways, and need not come word for word. */
const shortAnswerTokens = 24;
/** An answer that goes on beyond the right one is not the right one. */
const tokensBeyond = 8;

/** Rejects as the engine does; numbers that the weights do not give are NaN. */
export async function measure(request: MeasureRequest, call: CallOptions): Promise<Measures> {
  const { likelihood, model, adapter, sets } = request;
  const nllOf = async (items: readonly TrainingItem[]): Promise<number> =>
    perToken(likelihood, { model, adapter, rows: items.map(({ row }) => row) }, call);
  const heldOutNll = await nllOf(sets.heldOut);
  const replayNll = await nllOf(sets.replay);
  // Whose weights give no numbers writes nothing that could be judged.
  if (!Number.isFinite(heldOutNll)) {
    return { heldOutNll, replayNll, taughtExact: NaN, heldOutExact: NaN, retrieval: NaN };
  }
  return {
    heldOutNll,
    replayNll,
    taughtExact: await taughtShare(request, call),
    heldOutExact: await exactShare(request, sets.heldOut, call),
    retrieval: request.knownRetrieval ?? (await retrievalOf(request, call)),
  };
}

function retrievalOf({ engine, model, adapter, sets }: MeasureRequest, call: CallOptions): Promise<number> {
  return scoreRetrieval(engine, { model, adapter, questions: sets.retrieval ?? retrievalSet() }, call);
}

async function perToken(
  likelihood: Likelihood,
  request: { model: string; adapter: string | undefined; rows: readonly TrainingRow[] },
  call: CallOptions,
): Promise<number> {
  const scores = await likelihood.score(request, call);
  const nll = scores.reduce((sum, score) => sum + score.nll, 0);
  return nll / scores.reduce((sum, { answerTokens }) => sum + answerTokens, 0);
}

async function taughtShare(request: MeasureRequest, call: CallOptions): Promise<number | null> {
  const short = request.sets.taught.filter(({ row }) => row.tokens.length - row.answerStart <= shortAnswerTokens);
  return short.length === 0 ? null : exactShare(request, short.slice(0, mostTaught), call);
}

async function exactShare(
  { engine, model, adapter }: MeasureRequest,
  items: readonly TrainingItem[],
  call: CallOptions,
): Promise<number> {
  const prompts = items.map(({ example, row }) => ({
    messages: example.prompt,
    maxTokens: row.tokens.length - row.answerStart + tokensBeyond,
  }));
  const answers = await greedyAnswers(engine, { model, adapter, prompts }, call);
  const exact = items.filter(({ example }, index) => {
    return answerKey(example) === answerKey({ ...example, answer: answers[index]?.text ?? '' });
  });
  return exact.length / items.length;
}
