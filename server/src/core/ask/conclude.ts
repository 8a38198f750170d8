import type { AnswerMode, AnswerSentence, Citation, Refusal, RefusalCode, Source } from '../../models/answer.ts';
import type { Language } from '../../models/language.ts';
import type { CitedText } from './citing-writer.ts';
import { asSource, type Evidence } from './evidence.ts';
import { findQuotations, quote, type Quotation } from './quotation.ts';
import { readSource } from './readable-sources.ts';
import { refusal } from './refusal.ts';
import { wantedKind } from './wanted-kind.ts';

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
/** A quotation with almost all words of the question is worth more than what the bundled model makes of it. */
const tellingCoverage = 0.9;
/** A quotation from a second document is given when it is about as good as the first. */
const equallyGood = 0.95;
const nearestShown = 3;

/** The answer as it is given: what the model wrote where the sources carry it, else a quotation, else a refusal. */
export function conclude(outcome: Outcome, request: ConcludeRequest): Conclusion {
  const quotations = quotationsFor(request);
  const coverage = quotations[0]?.coverage ?? 0;
  if (outcome.type === 'failed') {
    return coverage >= answeringCoverage
      ? extract(quotations, outcome.reason)
      : refuse('model_unavailable', request, outcome.reason);
  }
  const { cited, doesNotKnow, byBundledModel } = outcome;
  const isTelling = byBundledModel && coverage >= tellingCoverage;
  if (doesNotKnow) {
    return isTelling ? extract(quotations, 'does_not_know') : refuse('no_evidence', request, 'does_not_know');
  }
  if (!cited.sentences.some(({ supported }) => supported)) {
    return coverage >= answeringCoverage
      ? extract(quotations, 'not_supported')
      : refuse('not_supported', request, 'not_supported');
  }
  if (isTelling && missesTheAnswer(cited, quotations, request)) return extract(quotations, 'incomplete');
  return { answered: true, mode: 'generated', ...cited, refusal: null, nearest: [], fallback: null };
}

/** The question asks for a number or a name, the quotation has one, and what was written has none that is supported. */
function missesTheAnswer(
  { text, sentences }: CitedText,
  [best]: readonly Quotation[],
  { question }: ConcludeRequest,
): boolean {
  const hasIt = wantedKind(question);
  if (hasIt === null || best === undefined) return false;
  const supported = sentences.filter((sentence) => sentence.supported);
  const written = supported.map(({ start, end }) => text.slice(start, end).replaceAll(/\[\d+\]/g, ''));
  return !written.some(hasIt) && hasIt(best.source.evidence.text.slice(best.start, best.end));
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
