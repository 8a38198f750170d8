import type { TrainingExample } from '../../models/training-example.ts';
import type { GateResult } from '../../models/training-version.ts';
import type { CallOptions } from '../../ports/engine.ts';
import type { TrainingBase, TrainingItem } from '../../ports/trainer.ts';

/** What needs the model that learns, before and after it does. `M` is what the gate measured. */
export interface TrainingTools<M = unknown> {
  /** Examples of what the base can do, as many as suit the new ones, so that it keeps it. */
  replay(request: ReplayRequest, call: CallOptions): Promise<Replay>;
  /** As the base reads them, in order. */
  toItems(request: { model: string; examples: readonly TrainingExample[] }, call: CallOptions): Promise<TrainingItem[]>;
  measure(request: MeasureRequest, call: CallOptions): Promise<M>;
  /** Says whether what was learned is worth what was lost. */
  judge(measured: { before: M; after: M }): GateResult;
}

export interface ReplayRequest {
  model: string;
  /** How many are replayed even for few new ones. */
  least: number;
  /** The examples that are trained on. */
  fresh: readonly TrainingExample[];
  heldOut: readonly TrainingExample[];
}

export interface Replay {
  /** Trained along. */
  training: TrainingExample[];
  /** Not trained on: what the base could do before is measured on them. */
  measured: TrainingExample[];
}

export interface MeasureRequest {
  base: Pick<TrainingBase, 'model' | 'sha256'>;
  /** The digest of the adapter; undefined: the base alone. */
  adapter: string | undefined;
  taught: readonly TrainingItem[];
  heldOut: readonly TrainingItem[];
  replay: readonly TrainingItem[];
}
