import type { TrainingRow } from '../models/training-example.ts';
import type { CallOptions } from './engine.ts';

/** How likely a model finds given answers, in the engine that serves it: what training is judged by. */
export interface Likelihood {
  /**
   * Per row, in order, the negative log-likelihood of its answer (natural logarithm, summed over its tokens). Rejects as
   * the engine does; with `model_incapable` where the engine cannot tell, with `context_too_long` for a row beyond the
   * context of the model.
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
