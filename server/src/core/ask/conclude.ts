import type { AnswerMode, AnswerSentence, Citation, Refusal, RefusalCode, Source } from '../../models/answer.ts';
import type { Language } from '../../models/language.ts';
import type { CitedText } from './citing-writer.ts';
import { asSource, type Evidence } from './evidence.ts';
import { findQuotations, quote, type Quotation } from './quotation.ts';
import { readSource } from './readable-sources.ts';
import { refusal } from './refusal.ts';

/** What came of asking the model. */
export type Outcome =
  | { type: 'written'; cited: CitedText; doesNotKnow: boolean }
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

export interface ConcludeRequest {
  question: string;
  /** All that was found, best first, uncut. */
  found: readonly Evidence[];
  language: Language;
}

/**
 * A quotation needs this share of the question's rare words to stand for an answer: with half of them it speaks of what
 * was asked, with fewer it usually shares only the topic.
 */
const answeringCoverage = 0.5;
/** A second quotation is given when it is about as good as the first. */
const equallyGood = 0.95;
const nearestShown = 3;

/** The answer as it is given: what the model wrote where the sources carry it, else a quotation, else a refusal. */
export function conclude(outcome: Outcome, request: ConcludeRequest): Conclusion {
  if (outcome.type === 'written' && outcome.doesNotKnow) return refuse('no_evidence', request, 'model does not know');
  if (outcome.type === 'written' && outcome.cited.sentences.some(({ supported }) => supported)) {
    return { answered: true, mode: 'generated', ...outcome.cited, refusal: null, nearest: [], fallback: null };
  }
  const reason = outcome.type === 'failed' ? outcome.reason : 'not_supported';
  const quotations = quotationsFor(request);
  const [best, second] = quotations;
  if (best === undefined || best.coverage < answeringCoverage) {
    return refuse(outcome.type === 'failed' ? 'model_unavailable' : 'not_supported', request, reason);
  }
  const isSecondAsGood = second !== undefined && second.coverage >= best.coverage * equallyGood;
  const cited = quote(isSecondAsGood ? [best, second] : [best]);
  return { answered: true, mode: 'extractive', ...cited, refusal: null, nearest: [], fallback: reason };
}

export function refuse(code: RefusalCode, request: ConcludeRequest, fallback: string | null = null): Conclusion {
  const refused = refusal(code, request.language);
  const quoted = quotationsFor(request).map(({ source }) => source.evidence);
  const nearest = (quoted.length > 0 ? quoted : request.found).slice(0, nearestShown).map(asSource);
  const sentences = [{ start: 0, end: refused.message.length, supported: false, citations: [] }];
  const text = refused.message;
  return { answered: false, mode: 'generated', text, sentences, citations: [], refusal: refused, nearest, fallback };
}

function quotationsFor({ question, found, language }: ConcludeRequest): Quotation[] {
  return findQuotations(
    question,
    found.map((evidence) => readSource(evidence, language)),
    language,
  );
}
