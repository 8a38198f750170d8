import type { GateResult } from '../../models/training-version.ts';
import type { TrainingExample } from '../../models/training-example.ts';
import type { CallOptions } from '../../ports/engine.ts';
import type { TrainingItem } from '../../ports/trainer.ts';

/** What is done with examples before and after they are trained on. `M` is what the gate measured. */
export interface TrainingTools<M = unknown> {
  /** Rejects with `invalid_request`, and an issue for each, when examples cannot be trained on. */
  check(examples: readonly TrainingExample[]): void;
  /** Holds some back by their prompts, so that nothing held out was seen; the same examples are divided the same way. */
  divide(examples: readonly TrainingExample[]): DividedExamples;
  /** Examples that keep what the base can do, as many as suit the new ones. */
  replay(request: { model: string; examples: readonly TrainingExample[] }, call: CallOptions): Promise<TrainingExample[]>;
  /** As the base reads them. Rejects with `context_too_long` for one that does not fit. */
  toItems(model: string, examples: readonly TrainingExample[]): Promise<TrainingItem[]>;
  measure(request: MeasureRequest, call: CallOptions): Promise<M>;
  /** Says whether what was learned is worth what was lost. */
  judge(measured: { before: M; after: M }): GateResult;
}

export interface DividedExamples {
  training: readonly TrainingExample[];
  validation: readonly TrainingExample[];
}

export interface MeasureRequest {
  model: string;
  /** The digest of the adapter; undefined: the base alone. */
  adapter: string | undefined;
  validation: readonly TrainingItem[];
  replay: readonly TrainingItem[];
}
