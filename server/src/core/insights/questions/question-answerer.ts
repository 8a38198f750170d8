import type { DataAnswer, RejectionReason, TableProfile } from '../../../models/insight.ts';
import type { Language } from '../../../models/language.ts';
import type { DataSession } from '../../../ports/data-engine.ts';
import type { WriteNarrative } from '../narrative/narrator.ts';

/** Answers questions that a query can answer. */
export interface QuestionAnswerer {
  answer(question: string, options: QuestionOptions): Promise<AnsweredQuestion>;
}

export interface QuestionOptions {
  session: DataSession;
  tables: readonly TableProfile[];
  language: Language;
  /** Today, for "this month". */
  now: Date;
  /** Has a model write SQL where matching words is not enough; null: nobody does. */
  write: WriteNarrative | null;
  signal: AbortSignal;
}

export interface AnsweredQuestion {
  /** null: it asks why, or what is noteworthy, which insights answer; `focus` says about what. */
  answer: DataAnswer | null;
  focus: QuestionFocus;
  rejected: readonly { reason: RejectionReason; count: number }[];
  /** A model was asked and did not give SQL that runs. */
  isDegraded: boolean;
}

/** What a question is about, as far as its words tell: insights about it come first. */
export interface QuestionFocus {
  measures: readonly string[];
  members: readonly { column: string; value: string }[];
  /** First day of a period of the table's axis. */
  period: string | null;
}
