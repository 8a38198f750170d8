import type { ArchiveKind, ArchiveRecords, ContentRef, KindSummary } from '../models/archive.ts';

/**
 * Everything that an installation keeps, or a backup of it, as records that mean the same in every store. One program at
 * a time writes to it.
 */
export interface Archive {
  state(): Promise<ArchiveState>;
  /**
   * By their keys, in the order of bytes: the name of secrets and personas (in lower case), the hash of refresh tokens,
   * conversation and number of turns, set and number of training parts, the base of versions in force, day, user, key and
   * model of usage, and else the id.
   */
  read<K extends ArchiveKind>(kind: K): AsyncIterable<ArchiveRecords[K]>;
  /** How many `read` would give. */
  count(kind: ArchiveKind): Promise<number>;
  /**
   * Adds records behind those that are there, in the order of `read`, exactly as they are; durable when it resolves. A
   * crash leaves the first of them or none, never a part of one. Contents of documents are written before them.
   */
  write<K extends ArchiveKind>(kind: K, records: readonly ArchiveRecords[K][]): Promise<void>;
  /** Rejects with `storage_failed` when it is not there. */
  readContent(ref: ContentRef): Promise<Uint8Array>;
  /** Replaces what a crash left of it. */
  writeContent(ref: ContentRef, bytes: Uint8Array): Promise<void>;
  /** Notes, before anything is written, that a copy of `origin` is under way; again after it was interrupted. */
  beginCopy(origin: string): Promise<void>;
  /** Notes that all of it is there. */
  endCopy(summaries: readonly KindSummary[]): Promise<void>;
}

export type ArchiveState =
  /** An installation that may be used, also one without anything in it. */
  | { state: 'usable' }
  /** What is copied into it is not all there yet. */
  | { state: 'copying'; origin: string }
  /** A whole backup, and what it held when it was made. */
  | { state: 'sealed'; summaries: readonly KindSummary[] };
