import type { TrainingExample, TrainingRow } from '../models/training-example.ts';
import type { CallOptions } from './engine.ts';

/** How likely a model finds given answers, in the engine that serves it: what training is judged by. */
export interface Likelihood {
  /**
   * A row per example, in order: the tokens that the engine evaluates for its prompt, then those of the answer and of the
   * end of the turn. Nothing in a text is a special token. Rejects with `model_incapable` where the engine cannot tell.
   */
  rows(model: string, examples: readonly TrainingExample[], options: CallOptions): Promise<TrainingRow[]>;
  /**
   * Per row, in order, the negative log-likelihood of its answer (natural logarithm, summed over its tokens); NaN where
   * the weights give no numbers. Rows take turns with other calls, each for itself. Rejects as the engine does; with
   * `model_incapable` where the engine cannot tell, with `context_too_long` for a row beyond the context of the model,
   * with `invalid_format` for one without prompt or answer.
   */
  score(
    request: { model: string; adapter?: string | undefined; rows: readonly TrainingRow[] },
    options: CallOptions,
  ): Promise<RowLikelihood[]>;
}

export interface RowLikelihood {
  nll: number;
  answerTokens: number;
}
