import type { AnswerMode, AnswerSentence, Citation, Refusal, RefusalCode, Source } from '../../models/answer.ts';
import type { CitedText } from './grounding/citing-writer.ts';
import { asSource } from './grounding/evidence.ts';
import { quote, type Quotation } from './grounding/quotation.ts';
import type { Reading, ReadingRequest } from './grounding/reading.ts';
import { refusal } from './refusal.ts';
import { secondGuess, tellingCoverage } from './grounding/second-guess.ts';

/** What came of asking the model. */
export type Outcome =
  | { type: 'written'; cited: CitedText; doesNotKnow: boolean; byBundledModel: boolean }
  /** No model answered; `reason` is an error code. */
  | { type: 'failed'; reason: string };

export interface Conclusion {
  answered: boolean;
  mode: AnswerMode;
  text: string;
  sentences: readonly AnswerSentence[];
  citations: readonly Citation[];
  refusal: Refusal | null;
  nearest: readonly Source[];
  fallback: string | null;
}

export type ConcludeRequest = ReadingRequest & Reading;

/**
 * A quotation needs this share of the question's rare words to stand for an answer: with half of them it speaks of what
 * was asked, with fewer it usually shares only the topic.
 */
const answeringCoverage = 0.5;
/** A quotation from a second document is given when it is about as good as the first. */
const equallyGood = 0.95;
const nearestShown = 3;

/** The answer as it is given: what the model wrote where the sources carry it, else a quotation, else a refusal. */
export function conclude(outcome: Outcome, request: ConcludeRequest): Conclusion {
  const { quotations } = request;
  const coverage = quotations[0]?.coverage ?? 0;
  const quoteOr = (code: RefusalCode, reason: string): Conclusion =>
    coverage >= answeringCoverage ? extract(quotations, reason) : refuse(code, request, reason);

  if (outcome.type === 'failed') return quoteOr('model_unavailable', outcome.reason);
  const { cited, doesNotKnow, byBundledModel } = outcome;
  if (doesNotKnow) {
    const isDoubtful = byBundledModel && coverage >= tellingCoverage;
    return isDoubtful ? extract(quotations, 'does_not_know') : refuse('no_evidence', request, 'does_not_know');
  }
  if (!cited.sentences.some(({ supported }) => supported)) return quoteOr('not_supported', 'not_supported');
  const guess = byBundledModel ? secondGuess(cited, request) : 'keep';
  if (guess === 'quote') return quoteOr('no_evidence', 'beside_the_question');
  if (guess === 'refuse') return refuse('no_evidence', request, 'beside_the_question');
  return { answered: true, mode: 'generated', ...cited, refusal: null, nearest: [], fallback: null };
}

function extract([best, second]: readonly Quotation[], fallback: string): Conclusion {
  const isSecondAsGood =
    best !== undefined &&
    second !== undefined &&
    second.source.evidence.document.id !== best.source.evidence.document.id &&
    second.coverage >= best.coverage * equallyGood;
  const cited = quote([best, isSecondAsGood ? second : undefined].filter((each) => each !== undefined));
  return { answered: true, mode: 'extractive', ...cited, refusal: null, nearest: [], fallback };
}

export function refuse(code: RefusalCode, request: ConcludeRequest, fallback: string | null = null): Conclusion {
  const refused = refusal(code, request.language);
  const { found, quotations } = request;
  const closest = quotations.length > 0 ? quotations.map(({ source }) => source.evidence) : found;
  const nearest = closest.slice(0, nearestShown).map(asSource);
  const sentences = [{ start: 0, end: refused.message.length, supported: false, citations: [] }];
  const text = refused.message;
  return { answered: false, mode: 'generated', text, sentences, citations: [], refusal: refused, nearest, fallback };
}
