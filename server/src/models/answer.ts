import type { Language } from './language.ts';
import type { TokenUsage } from './language-model.ts';

export interface DocumentRef {
  id: string;
  title: string;
  revision: number;
}

/** A stretch of a document that the language model was given, in full or cut. Offsets are UTF-16, into the revision. */
export interface Source {
  /** Its number in the prompt, from 1. */
  number: number;
  document: DocumentRef;
  section: readonly string[];
  page: number | null;
  start: number;
  end: number;
  /** `documentText.slice(start, end)`, always. */
  text: string;
  /** Fused score of retrieval; only its order means something. */
  score: number;
}

/** Where the support of a sentence stands. `quote` is `documentText.slice(start, end)` of that revision, always. */
export interface Citation {
  /** The `[n]` of the answer, from 1 in order of appearance. */
  marker: number;
  document: DocumentRef;
  page: number | null;
  start: number;
  end: number;
  quote: string;
  /** Share (0..1) of the sentence that the quote covers. */
  score: number;
}

/** A sentence of the answer: `text.slice(start, end)`. */
export interface AnswerSentence {
  start: number;
  end: number;
  /** Whether a quote covers it, with every number and name in it. */
  supported: boolean;
  citations: readonly number[];
}

export type RefusalCode = 'no_evidence' | 'no_permitted_documents' | 'not_supported' | 'model_unavailable';

export interface Refusal {
  code: RefusalCode;
  /** For the person who asked, in the language of the question. */
  message: string;
}

/** `extractive`: a verbatim quotation, because no model answered or because the sources do not support what it wrote. */
export type AnswerMode = 'generated' | 'extractive' | 'cached';

export interface Answer {
  /** Also the id of the assistant's message in the conversation. */
  id: string;
  /** null: the turn could not be stored. */
  conversationId: string | null;
  answered: boolean;
  mode: AnswerMode;
  /** With `[n]` markers; the refusal's message when not answered. */
  text: string;
  citations: readonly Citation[];
  sentences: readonly AnswerSentence[];
  refusal: Refusal | null;
  /** What came closest, when not answered. */
  nearest: readonly Source[];
  language: Language;
  /** The language model that was to answer; null while there is none. */
  model: string | null;
  usage: TokenUsage;
  timings: AnswerTimings;
  trace: AnswerTrace;
}

/** In milliseconds, from the arrival of the question. */
export interface AnswerTimings {
  retrieveMs: number;
  /** null: the model wrote nothing. */
  firstTokenMs: number | null;
  totalMs: number;
}

/** What each stage decided; for the person who tunes. */
export interface AnswerTrace {
  /** Set when the question depended on the turns before it. */
  rewrite: { question: string; by: 'rules' | 'model' } | null;
  retrieval: {
    /** Why a leg was missing. */
    degraded: string | null;
    passages: readonly TracedPassage[];
  };
  gate: { passed: boolean; coverage: number; cosine: number | null } | null;
  budget: { limitTokens: number; sources: readonly BudgetedSource[] } | null;
  /** Why the text is not the model's. */
  fallback: string | null;
}

export interface TracedPassage {
  passageId: string;
  score: number;
  lexicalRank: number | null;
  denseRank: number | null;
  coverage: number;
}

export interface BudgetedSource {
  number: number;
  /** Tokens of the passages found, and of what the model was given of them. */
  foundTokens: number;
  givenTokens: number;
}

/** An answer as it comes into being. `finish` is last; what fails before it is thrown. */
export type AnswerPart =
  | { type: 'sources'; sources: readonly Source[] }
  | { type: 'text-delta'; delta: string }
  | { type: 'citation'; citation: Citation }
  /** `replace`: the text of the answer is not the deltas joined, but takes their place. */
  | { type: 'finish'; answer: Answer; replace: boolean };
