import type { Connection } from './connection.ts';
import { jobPageSchema, jobSchema, type Job, type JobPage, type JobPageQuery } from './jobs.ts';
import { trainingVersionSchema, type TrainRequest, type TrainingVersion } from './training.ts';
import { withQuery } from './with-query.ts';

const jobPath = (id: string): string => `/training/jobs/${encodeURIComponent(id)}`;
const versionPath = (id: string): string => `/training/versions/${encodeURIComponent(id)}`;

/** Newest first. */
export async function listJobs(connection: Connection, query: JobPageQuery = {}): Promise<JobPage> {
  return jobPageSchema.parse(await connection.json(withQuery('/training/jobs', query)));
}

/** Trains with what is in the request; for files there is `train`. */
export async function startTraining(connection: Connection, request: TrainRequest): Promise<Job> {
  return jobSchema.parse(await connection.json('/training/train', { method: 'POST', body: request }));
}

/** Nothing of a training stays. */
export function cancelJob(connection: Connection, id: string): Promise<Job> {
  return changeJob(connection, { id, what: 'cancel' });
}

/** Until it is resumed. */
export function pauseJob(connection: Connection, id: string): Promise<Job> {
  return changeJob(connection, { id, what: 'pause' });
}

export function resumeJob(connection: Connection, id: string): Promise<Job> {
  return changeJob(connection, { id, what: 'resume' });
}

async function changeJob(connection: Connection, { id, what }: { id: string; what: string }): Promise<Job> {
  return jobSchema.parse(await connection.json(`${jobPath(id)}/${what}`, { method: 'POST' }));
}

/** Lets what the job made answer; `reason` is needed when the gate rejected it. */
export async function publishJob(
  connection: Connection,
  { id, reason }: { id: string; reason?: string | undefined },
): Promise<TrainingVersion> {
  return trainingVersionSchema.parse(
    await connection.json(`${jobPath(id)}/publish`, { method: 'POST', body: { reason } }),
  );
}

export async function getVersion(connection: Connection, id: string): Promise<TrainingVersion> {
  return trainingVersionSchema.parse(await connection.json(versionPath(id)));
}

export async function deleteVersion(connection: Connection, id: string): Promise<void> {
  await connection.json(versionPath(id), { method: 'DELETE' });
}

/** A version as GGUF: its LoRA adapter alone, or merged into the model it was trained over. */
export function downloadVersion(
  connection: Connection,
  { id, form }: { id: string; form: 'adapter' | 'merged' },
): Promise<Blob> {
  return connection.blob(`${versionPath(id)}/${form}`);
}
