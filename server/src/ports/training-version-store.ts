import type { Page, PageRequest } from '../models/page.ts';
import type { Override, TrainingVersion, VersionInForce } from '../models/training-version.ts';

/** Keeps versions, which never change but for their override, and which of them answers for each base. */
export interface TrainingVersionStore {
  /** Durable when it resolves. Rejects with `already_exists` for an id that is there. */
  add(version: TrainingVersion): Promise<void>;
  find(id: string): Promise<TrainingVersion | undefined>;
  /** Newest first. Rejects with `invalid_request` for a cursor of another list. */
  list(page: PageRequest): Promise<Page<TrainingVersion>>;
  /** Notes once who published it all the same; false when it is not there, or somebody did so before. */
  override(id: string, override: Override): Promise<boolean>;
  /** Whether there was one. */
  delete(id: string): Promise<boolean>;
  /** Undefined for a base that no version ever answered for. */
  inForce(base: string): Promise<VersionInForce | undefined>;
  /** All of them, by base. */
  listInForce(): Promise<VersionInForce[]>;
  /**
   * Puts a record in the place of the one whose revision is one less, or where there is none for revision 1; of several
   * that do so at once, one gets true. Durable when it resolves.
   */
  replaceInForce(next: VersionInForce): Promise<boolean>;
}
