/** An adapter that training made over a base, with what it was trained on and judged by. */
export interface TrainingVersion {
  id: string;
  /** The name of the model in `ports/model-files.ts`. */
  base: string;
  /** Of the file of the base, hex: over any other file the adapter is worth nothing. */
  baseSha256: string;
  /** The digest `sha256:<hex>` of the adapter, whose file is in `ports/blob-store.ts`. */
  adapter: string;
  bytes: number;
  /** The job that trained it. */
  jobId: string;
  ownerId: string;
  data: TrainedData;
  gate: GateResult;
  /** Who published it although it was rejected, and why; null as long as nobody did. */
  override: Override | null;
  createdAt: Date;
}

export interface TrainedData {
  /** The sets of examples that it was trained on, its own last. */
  sets: readonly string[];
  /** Of all sets together. */
  examples: number;
  /** Of all examples, hex: the same examples in the same order have the same. */
  sha256: string;
  /** Older sets that did not fit into the limits any more. */
  setsLeftOut: number;
}

/** What the gate measured before and after, and what it says. */
export interface GateResult {
  accepted: boolean;
  checks: readonly GateCheck[];
}

export interface GateCheck {
  /** Such as `held_out_loss`. */
  name: string;
  /** Of the base alone; null: no number came of it. */
  before: number | null;
  after: number | null;
  /** What `after` had to keep to; null for what is told and not judged. */
  limit: number | null;
  passed: boolean;
}

export interface Override {
  userId: string;
  reason: string;
  at: Date;
}

/** Which version answers for a base, and which did before. */
export interface VersionInForce {
  base: string;
  /** null: the base itself. */
  versionId: string | null;
  /** What a rollback brings back comes last; before the first of them the base itself answered. */
  earlier: readonly string[];
  /** Raised by every change. */
  revision: number;
  changedAt: Date;
  /** The user who published or rolled back. */
  changedBy: string;
}
