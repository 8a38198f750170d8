import { setMaxListeners } from 'node:events';
import { AppError, isAppError } from '../../../errors/app-error.ts';
import { told } from '../../../errors/told.ts';
import type { Job, JobProgress } from '../../../models/job.ts';
import type { JobOutcome, JobQueue } from '../../../ports/job-queue.ts';
import { failRevision, ingestDocuments, type IngestOutcome } from './ingest-documents.ts';
import type { IngestParts } from './ingest-parts.ts';
import { ingestionPayload, type IngestionResult, type RevisionRef } from './ingestion-job.ts';
import { pause } from './pause.ts';

export interface IngestionParts extends IngestParts {
  jobs: JobQueue;
}

/** After a crash another worker waits so long before it goes on with the job. */
const leaseMs = 10_000;
const heartbeatMs = 2_500;
/** Documents read and indexed together: large enough for the index, small enough for memory and for progress. */
const documentsPerWave = 16;
const bytesPerWave = 16 * 1024 * 1024;
/** A document that was being read each time the process died this often is not tried again. */
const mostDeaths = 3;
const mostTries = 3;
const retryPauseMs = 500;
const shownFailures = 100;

/** What a later worker must know of the one before it. */
interface Checkpoint {
  /** Being read when this was written. */
  inFlight: readonly string[];
  /** How often the process died while it read these. */
  deaths: Readonly<Record<string, number>>;
}

/**
 * Runs one claimed ingestion job to its end. When the signal aborts, the job goes back to the queue; when it was
 * cancelled or taken over, the work just stops.
 */
export async function runIngestionJob(
  parts: IngestionParts,
  job: Job,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  const work: Work = { ...parts, job, progress: firstProgress(job), isLost: false, stop: new AbortController() };
  // Every document of a wave listens to it.
  setMaxListeners(0, work.stop.signal);
  const stop = (): void => work.stop.abort(signal.reason);
  signal.addEventListener('abort', stop);
  const heartbeat = setInterval(() => void report(work).catch(() => undefined), heartbeatMs);
  try {
    signal.throwIfAborted();
    const outcome = await ingestAll(work, work.stop.signal);
    await parts.jobs.finish(job, outcome);
  } catch (error) {
    if (work.isLost) return;
    if (!signal.aborted) throw error;
    await report(work, { inFlight: [] });
    await parts.jobs.finish(job, { status: 'queued' });
  } finally {
    clearInterval(heartbeat);
    signal.removeEventListener('abort', stop);
  }
}

interface Work extends IngestionParts {
  job: Job;
  progress: JobProgress & { checkpoint: Checkpoint & Readonly<Record<string, unknown>> };
  /** Whether it was cancelled or taken over. */
  isLost: boolean;
  /** Aborted when it is lost, or the worker is to stop. */
  stop: AbortController;
}

function firstProgress({ attempts, progress, payload }: Job): Work['progress'] {
  const { inFlight = [], deaths = {} } = progress.checkpoint as Partial<Checkpoint>;
  const counted = new Map(Object.entries(deaths));
  if (attempts > 1) for (const id of inFlight) counted.set(id, (counted.get(id) ?? 0) + 1);
  const total = ingestionPayload({ payload }).documents.length;
  return { done: 0, total, step: null, checkpoint: { inFlight: [], deaths: Object.fromEntries(counted) } };
}

async function ingestAll(work: Work, signal: AbortSignal): Promise<JobOutcome> {
  const { documents } = ingestionPayload(work.job);
  const outcomes: { document: string; outcome: IngestOutcome }[] = [];
  for await (const wave of waves(work, documents)) {
    signal.throwIfAborted();
    const ids = wave.map(({ id }) => id);
    await report(work, { inFlight: ids });
    signal.throwIfAborted();
    const results = await ingestWave(work, wave, signal);
    outcomes.push(...ids.map((document, index) => ({ document, outcome: results[index] ?? null })));
    work.progress = { ...work.progress, done: outcomes.length };
  }
  await report(work, { inFlight: [] });
  signal.throwIfAborted();
  return summary(outcomes);
}

/** Those that may have killed the process first and one by one, so that none suffers for another. */
async function* waves(work: Work, documents: readonly RevisionRef[]): AsyncGenerator<RevisionRef[]> {
  const { deaths } = work.progress.checkpoint;
  const suspected = ({ id }: RevisionRef): boolean => deaths[id] !== undefined;
  for (const suspect of documents.filter(suspected)) yield [suspect];
  let wave: RevisionRef[] = [];
  let bytes = 0;
  for (const revision of documents) {
    if (suspected(revision)) continue;
    const size = (await work.documents.find(revision.id))?.bytes ?? 0;
    if (wave.length > 0 && (wave.length === documentsPerWave || bytes + size > bytesPerWave)) {
      yield wave;
      [wave, bytes] = [[], 0];
    }
    wave.push(revision);
    bytes += size;
  }
  if (wave.length > 0) yield wave;
}

async function ingestWave(work: Work, wave: readonly RevisionRef[], signal: AbortSignal): Promise<IngestOutcome[]> {
  const [first] = wave;
  if (first !== undefined && (work.progress.checkpoint.deaths[first.id] ?? 0) >= mostDeaths) {
    await failRevision(work.documents, first, {
      code: 'document_too_expensive',
      told: told`The service stopped ${mostDeaths} times while it read this file.`,
    });
  }
  try {
    return await ingestDocuments(work, wave, { signal });
  } catch {
    signal.throwIfAborted();
    // One of them cannot be stored or indexed now: find out which.
    const outcomes: IngestOutcome[] = [];
    for (const revision of wave) outcomes.push(...(await ingestPatiently(work, revision, signal)));
    return outcomes;
  }
}

async function ingestPatiently(work: Work, revision: RevisionRef, signal: AbortSignal): Promise<IngestOutcome[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ingestDocuments(work, [revision], { signal });
    } catch (error) {
      signal.throwIfAborted();
      if (attempt === mostTries) {
        const reason = isAppError(error) ? error : new AppError('internal');
        await failRevision(work.documents, revision, reason);
        return [{ code: reason.code, detail: reason.told ?? null }];
      }
    }
    await pause(retryPauseMs * attempt, signal);
  }
}

async function report(work: Work, checkpoint: Partial<Checkpoint> = {}): Promise<void> {
  const { inFlight } = { ...work.progress.checkpoint, ...checkpoint };
  work.progress = {
    ...work.progress,
    step: inFlight[0] ?? null,
    checkpoint: { ...work.progress.checkpoint, inFlight },
  };
  if (await work.jobs.report(work.job, work.progress, leaseMs)) return;
  work.isLost = true;
  work.stop.abort();
}

function summary(outcomes: readonly { document: string; outcome: IngestOutcome }[]): JobOutcome {
  const failures = outcomes.flatMap(({ document, outcome }) =>
    outcome === null || outcome === 'ready' ? [] : [{ document, ...outcome }],
  );
  const ready = outcomes.filter(({ outcome }) => outcome === 'ready').length;
  const [first] = failures;
  if (ready === 0 && first !== undefined) {
    const detail = outcomes.length === 1 ? first.detail : told`No document of this job could be read.`;
    return { status: 'failed', error: { code: first.code, detail } };
  }
  const result: IngestionResult = { ready, failed: failures.length, failures: failures.slice(0, shownFailures) };
  return { status: 'succeeded', result: { ...result } };
}
