import type { Page, PageRequest } from '../models/page.ts';
import type { Dataset } from '../models/table.ts';

/** Keeps uploaded tables until they expire. */
export interface DatasetStore {
  /**
   * Keeps what comes, and counts and hashes it; durable when it resolves. Rejects with what `content` fails with and with
   * `disk_full`: then nothing of it is left.
   */
  add(dataset: NewDataset, content: AsyncIterable<Uint8Array>): Promise<Dataset>;
  /** An expired one is not there. */
  find(id: string, now: Date): Promise<Dataset | undefined>;
  /** Piece by piece; fails with `not_found`. */
  read(id: string): AsyncIterable<Uint8Array>;
  /** Newest first, without expired ones. Rejects with `invalid_request` for a cursor of another list. */
  list(ownerId: string, page: PageRequest & { now: Date }): Promise<Page<Dataset>>;
  /** One that is not there is fine. */
  remove(id: string): Promise<void>;
  /** Removes what has expired, and what was begun an hour before and never became whole. */
  removeExpired(now: Date): Promise<void>;
}

export type NewDataset = Omit<Dataset, 'bytes' | 'digest'>;
