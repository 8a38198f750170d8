import type { Finding, InsightSubject, InsightType, TableProfile } from '../../../models/insight.ts';
import type { DataWarning } from '../../../models/table.ts';
import type { DataSession } from '../../../ports/data-engine.ts';

/** What detectors look at. */
export interface Investigation {
  session: Pick<DataSession, 'query'>;
  table: TableProfile;
  /** What is odd about it, as its profile and its reading found; those about other tables are passed over. */
  warnings: readonly DataWarning[];
  /** Days after it are of the future. */
  now: Date;
  /** Kinds of insight that are wanted. */
  types: ReadonlySet<InsightType>;
  /** No more is begun when it aborts; what was found by then is kept. */
  signal: AbortSignal;
}

/**
 * Looks for one kind of thing in one table. Rejects only with what a session rejects with. Whatever it tests is among the
 * candidates, found or not: the correction over all tests needs every p-value.
 */
export type Detector = (investigation: Investigation) => Promise<readonly Candidate[]>;

export interface Candidate {
  type: InsightType;
  subject: InsightSubject;
  /** Of its test; null for what is described, not tested. */
  p: number | null;
  /** Whether the effect is large enough to be told, whatever its p-value. */
  isLarge: boolean;
  /** Share (0..1) of the whole that it is about. */
  impact: number;
  /** From 0 to 1: how striking the effect is, whatever its share of the whole and however sure it is. */
  strength: number;
  /**
   * What it would say, in the order of telling: a candidate all of whose topics were told by better ones is not told
   * again. Such as `receita|Sul|2025-06`.
   */
  topics: readonly string[];
  /** Only asked of those that are told. Its scores `q` and `confidence` are filled in by whoever asks. */
  finding(): Promise<Finding>;
}
