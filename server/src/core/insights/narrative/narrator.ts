import type { DataAnswer, Finding, Narrative, RejectionReason } from '../../../models/insight.ts';
import type { Language } from '../../../models/language.ts';
import type { TableProfile } from '../../../models/insight.ts';
import type { NumberCheck } from './check-numbers.ts';

/** Puts findings into words in which every number, direction and name comes out of a slot. */
export interface Narrator {
  /** Never rejects for what a model does: then the built-in sentences stand. */
  tell(findings: readonly Finding[], options: NarratorOptions): Promise<Narration>;
}

export interface NarratorOptions {
  language: Language;
  tables: readonly TableProfile[];
  /** null: the built-in sentences. */
  write: WriteNarrative | null;
  signal: AbortSignal;
}

/** Has a model answer a prompt with JSON of that schema; rejects as engines do. */
export type WriteNarrative = (
  prompt: { system: string; user: string; schema: Readonly<Record<string, unknown>> },
  options: { signal: AbortSignal },
) => Promise<string>;

export interface Narration {
  /** One per finding, in order. */
  narratives: readonly Narrative[];
  rejected: readonly { reason: RejectionReason; count: number }[];
  /** Whether a model was asked and did not help everywhere. */
  isDegraded: boolean;
  sentencesDropped: number;
  /** Of all that was told, compared after it was rendered. */
  numbers: NumberCheck;
}

/** The words of an answer to a question, from its template. */
export type RenderAnswer = (
  answer: DataAnswer,
  options: { language: Language; tables: readonly TableProfile[] },
) => string;
