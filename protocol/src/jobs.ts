import { z } from 'zod';
import { pageQuery, timestamp } from './common.ts';

/**
 * A job of documents is `queued`, then `running`. A training is `validating`, `running`, `evaluating` and `publishing`; it
 * may be `paused`, and ends as `rejected` when what it made is not good enough to answer.
 */
export const jobStatusSchema = z.enum([
  'queued',
  'validating',
  'running',
  'paused',
  'evaluating',
  'publishing',
  'succeeded',
  'failed',
  'cancelled',
  'rejected',
]);
export type JobStatus = z.infer<typeof jobStatusSchema>;
const endedStatuses: readonly JobStatus[] = ['succeeded', 'failed', 'cancelled', 'rejected'];

export function isEnded({ status }: { status: JobStatus }): boolean {
  return endedStatuses.includes(status);
}

const trainingProgressSchema = z.object({
  loss: z.number().nullable().describe('Of the last step: mean negative log-likelihood of a token of the answers.'),
  validation_loss: z
    .number()
    .nullable()
    .describe('The same over examples that are not trained on, after the last epoch.'),
  tokens_per_second: z.number().nullable(),
  seconds_left: z.number().nullable(),
});

/** Work that goes on after the reply, and after a restart. */
export const jobSchema = z
  .object({
    id: z.string(),
    kind: z
      .enum(['ingest', 'train', 'embed', 'insight'])
      .describe('`ingest`: documents are read and indexed. `train`: a model learns from examples.'),
    status: jobStatusSchema,
    progress: z.object({
      done: z.int(),
      total: z.int(),
      step: z.string().nullable().describe('What is being done now, such as the id of a document.'),
      training: trainingProgressSchema.nullable().describe('Of a training that has begun; null for other jobs.'),
    }),
    attempts: z.int().describe('How many times it was started; more than 1 after a restart.'),
    error: z.object({ code: z.string(), detail: z.string().nullable() }).nullable(),
    result: z
      .record(z.string(), z.unknown())
      .nullable()
      .describe(
        'Of documents: `ready` and `failed` count them, `failures` says why the first of them failed. Of a training: ' +
          '`version` names what it made, `accepted` and `gate` say what the gate measured, `published` whether it answered ' +
          'then, and `documents` holds what became of documents that came with the examples.',
      ),
    created_at: timestamp,
    updated_at: timestamp,
  })
  .meta({ id: 'Job' });
export type Job = z.infer<typeof jobSchema>;

export const jobPageSchema = z.object({ items: z.array(jobSchema), next: z.string().nullable() });
export type JobPage = z.infer<typeof jobPageSchema>;

export const jobParamsSchema = z.strictObject({ id: z.string().min(1).max(64) });
export const jobPageQuery = pageQuery;

/** What is sent with each event of `/training/jobs/{id}/events`. */
export const jobEventSchemas = { progress: jobSchema, finish: jobSchema };
