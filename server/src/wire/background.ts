import type { Personas } from '../core/personas/personas.ts';
import { forgetTrainingSets, type ForgetPorts } from '../core/training/forget-training-sets.ts';
import type { DatasetStore } from '../ports/dataset-store.ts';
import type { AuditLog } from '../ports/audit-log.ts';
import type { IdempotencyStore } from '../ports/idempotency-store.ts';
import type { InsightStore } from '../ports/insight-store.ts';
import type { ResponseStore } from '../ports/response-store.ts';
import type { ClosingList } from '../process/closing-list.ts';
import { keptForMs } from '../routes/http/idempotency.ts';

export interface Background {
  closing: ClosingList;
  /** Told what went wrong in the background. */
  report(what: string, error: unknown): void;
}

/** Loops that end when their signal aborts; closing waits for them before it closes what they use. */
export function runInBackground(
  closing: ClosingList,
  loops: readonly ((signal: AbortSignal) => Promise<void>)[],
): void {
  const stopping = new AbortController();
  const running = loops.map((loop) => loop(stopping.signal));
  closing.defer(async () => {
    stopping.abort();
    await Promise.all(running);
  });
}

const hourMs = 60 * 60 * 1000;
const responsesKeptForMs = 30 * 24 * hourMs;
const unusedBlobsKeptForMs = 24 * hourMs;
const unusedSetsKeptForMs = 24 * hourMs;

/** Lets go of the replies that idempotency keys no longer bring back. */
export function forgetRepliesHourly(store: IdempotencyStore, background: Background): void {
  hourly(() => store.deleteExpired(new Date(Date.now() - keptForMs)), background);
}

/** Lets go of the files of models that were uploaded and never used. */
export function forgetBlobsHourly(personas: Pick<Personas, 'removeUnusedBlobs'>, background: Background): void {
  hourly(() => personas.removeUnusedBlobs(new Date(Date.now() - unusedBlobsKeptForMs)), background);
}

/** Lets go of the examples that nothing was trained with. */
export function forgetTrainingSetsHourly(ports: ForgetPorts, background: Background): void {
  hourly(() => forgetTrainingSets(ports, new Date(Date.now() - unusedSetsKeptForMs)), background);
}

/** Lets go of what was done so many days ago. */
export function forgetDeedsHourly(log: AuditLog, { days, ...background }: Background & { days: number }): void {
  hourly(() => log.removeBefore(new Date(Date.now() - days * 24 * hourMs)), background);
}

/** Lets go of the responses that are too old to be gone on from. */
export function forgetResponsesHourly(store: ResponseStore, background: Background): void {
  hourly(() => store.deleteExpired(new Date(Date.now() - responsesKeptForMs)), background);
}

/** Lets go of the tables and reports whose time is over. */
export function forgetInsightsHourly(
  { datasets, insightReports }: { datasets: DatasetStore; insightReports: InsightStore },
  background: Background,
): void {
  hourly(async () => {
    const now = new Date();
    await insightReports.removeExpired(now);
    await datasets.removeExpired(now);
  }, background);
}

function hourly(clean: () => Promise<void>, { closing, report }: Background): void {
  const timer = setInterval(() => {
    clean().catch((error: unknown) => report('cleaning up failed', error));
  }, hourMs);
  closing.defer(() => clearInterval(timer));
}
