import type SqliteDatabase from 'libsql';
import { inTransaction, type Statements } from './statements.ts';

/** Puts the parts of the word index together while nothing is written. */
export interface SegmentMerger {
  /** Call it after each write. */
  written(): void;
  stop(): void;
}

/** A pause of this length ends a series of writes. */
const quietMs = 250;
const betweenStepsMs = 10;
/** Pages written by one step, some 25 ms: a write that comes waits no longer. */
const pagesPerStep = 200;
/**
 * Segments beside the largest are merged into it when they have this share of its pages: so that each page is written
 * again only a few times, however many small documents come one by one.
 */
const worthMerging = 1 / 8;

/**
 * FTS5 writes what is indexed as segments, of which its own merging leaves a dozen; every look-up of a term goes through
 * all of them. One segment makes a search faster by a third.
 */
export function createSegmentMerger(database: SqliteDatabase.Database, statements: Statements): SegmentMerger {
  const step = createMergeStep(database, statements);
  let timer: NodeJS.Timeout | undefined;
  const wait = (milliseconds: number): void => {
    clearTimeout(timer);
    timer = setTimeout(run, milliseconds).unref();
  };
  const run = (): void => {
    try {
      if (step()) wait(betweenStepsMs);
    } catch {
      // A full disk, or another process that writes: nothing but speed is lost, and the next write tries again.
    }
  };
  return {
    written: () => wait(quietMs),
    stop: () => clearTimeout(timer),
  };
}

/** One step of merging; gives false when nothing is left to do. */
export function createMergeStep(database: SqliteDatabase.Database, { rows, run }: Statements): () => boolean {
  let isUnderWay = false;
  const changes = (): number => rows<[number]>('select total_changes()')[0]![0];
  const isWorthIt = (): boolean => {
    const sizes = rows<[number]>('select count(*) from terms_idx group by segid').map(([pages]) => pages);
    const largest = Math.max(0, ...sizes);
    return sizes.length > 1 && sizes.reduce((sum, pages) => sum + pages, 0) - largest >= largest * worthMerging;
  };
  return () => {
    if (!isUnderWay && !isWorthIt()) return false;
    // Minus begins a merge of all segments, whatever their levels; plus goes on with it.
    const pages = isUnderWay ? pagesPerStep : -pagesPerStep;
    isUnderWay = inTransaction(database, () => {
      const before = changes();
      run("insert into terms (terms, rank) values ('merge', ?)", pages);
      // By the manual of FTS5: a difference below 2 means that there was nothing to merge.
      return changes() - before >= 2;
    });
    return isUnderWay;
  };
}
