import { z } from 'zod';
import { pageQuery, timestamp } from './common.ts';

export const jobStatusSchema = z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled']);

/** Work that goes on after the reply, and after a restart. */
export const jobSchema = z
  .object({
    id: z.string(),
    kind: z.enum(['ingest', 'train', 'embed']).describe('`ingest`: documents are read and indexed.'),
    status: jobStatusSchema,
    progress: z.object({
      done: z.int(),
      total: z.int(),
      step: z.string().nullable().describe('What is being done now, such as the id of a document.'),
    }),
    attempts: z.int().describe('How many times it was started; more than 1 after a restart.'),
    error: z.object({ code: z.string(), detail: z.string().nullable() }).nullable(),
    result: z
      .record(z.string(), z.unknown())
      .nullable()
      .describe('Of documents: `ready` and `failed` count them, `failures` says why the first of them failed.'),
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
