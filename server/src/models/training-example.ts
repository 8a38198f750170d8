import type { ChatMessage } from './language-model.ts';

/** What a model is to answer to what: it learns the answer, and only that. */
export interface TrainingExample {
  /** System, user and assistant messages; the last one is the user's. */
  prompt: readonly ChatMessage[];
  answer: string;
}

/** An example as the base model reads it: tokens of prompt and answer, in the form of its template. */
export interface TrainingRow {
  tokens: readonly number[];
  /** The first token of the answer: what is before it costs nothing. The end of the turn is part of the answer. */
  answerStart: number;
}
