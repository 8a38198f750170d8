import { z } from 'zod';
import { trainingPayload } from '../../../core/training/training-job.ts';
import { hasEnded } from '../../../core/knowledge/ingestion/wait-for-job.ts';
import type { Job } from '../../../models/job.ts';
import { toFileId } from './files-form.ts';
import { secondsOf } from '../chat/reply-parts.ts';
import { inEnglish } from '../../../errors/told.ts';

const statuses = ['validating_files', 'queued', 'running', 'paused', 'succeeded', 'failed', 'cancelled'] as const;
type Status = (typeof statuses)[number];

export const fineTuningJobSchema = z.object({
  id: z.string(),
  object: z.literal('fine_tuning.job'),
  created_at: z.int(),
  finished_at: z.int().nullable(),
  estimated_finish: z.int().nullable(),
  status: z
    .enum(statuses)
    .describe('`failed` with the code `rejected`: it learnt less, or forgot more, than the gate allows.'),
  model: z.string(),
  fine_tuned_model: z.string().nullable().describe('The same name: the model answers with what it learnt.'),
  training_file: z.string(),
  validation_file: z.null(),
  result_files: z.array(z.string()),
  trained_tokens: z.int().nullable(),
  organization_id: z.string(),
  seed: z.int(),
  hyperparameters: z.looseObject({ n_epochs: z.union([z.int(), z.literal('auto')]) }),
  error: z.object({ code: z.string(), message: z.string(), param: z.string().nullable() }).nullable(),
});
export type FineTuningJob = z.infer<typeof fineTuningJobSchema>;

export const fineTuningJobListSchema = z.object({
  object: z.literal('list'),
  data: z.array(fineTuningJobSchema),
  has_more: z.boolean(),
});

const eventSchema = z.object({
  id: z.string(),
  object: z.literal('fine_tuning.job.event'),
  created_at: z.int(),
  level: z.enum(['info', 'error']),
  type: z.enum(['message', 'metrics']),
  message: z.string(),
  data: z.record(z.string(), z.number()).nullable(),
});
type JobEvent = z.infer<typeof eventSchema>;
export const eventListSchema = z.object({
  object: z.literal('list'),
  data: z.array(eventSchema),
  has_more: z.boolean(),
});

export function toFineTuningJob(job: Job): FineTuningJob {
  const { base, set, hyperparameters } = trainingPayload(job);
  const status = statusOf(job);
  const secondsLeft = job.progress.figures?.['secondsLeft'];
  const updated = secondsOf(job.updatedAt);
  return {
    id: job.id,
    object: 'fine_tuning.job',
    created_at: secondsOf(job.createdAt),
    finished_at: hasEnded(job) ? updated : null,
    estimated_finish: status === 'running' && secondsLeft !== undefined ? updated + Math.ceil(secondsLeft) : null,
    status,
    model: base,
    fine_tuned_model: status === 'succeeded' ? base : null,
    training_file: toFileId(set),
    validation_file: null,
    result_files: [],
    trained_tokens: null,
    organization_id: '',
    seed: hyperparameters.seed ?? 1,
    hyperparameters: { n_epochs: hyperparameters.epochs ?? 'auto' },
    error: errorOf(job),
  };
}

function statusOf({ status, progress: { step } }: Job): Status {
  if (status === 'rejected') return 'failed';
  if (status === 'running' && step === 'waiting') return 'queued';
  return status === 'running' && step === 'validating' ? 'validating_files' : status;
}

function errorOf({ status, error }: Job): FineTuningJob['error'] {
  if (status === 'rejected') {
    const message =
      'It did not learn enough, or forgot too much: GET /training/jobs/{id} tells the version with the figures.';
    return { code: 'rejected', message, param: null };
  }
  return (
    error && { code: error.code, message: error.detail === null ? error.code : inEnglish(error.detail), param: null }
  );
}

/** What is known of the job by now, newest first. */
export function toEvents(job: Job): JobEvent[] {
  const event = (name: string, at: Date, more: Partial<JobEvent>): JobEvent => ({
    id: `ftevent-${job.id}-${name}`,
    object: 'fine_tuning.job.event',
    created_at: secondsOf(at),
    level: 'info',
    type: 'message',
    message: '',
    data: null,
    ...more,
  });
  const events = [event('created', job.createdAt, { message: `Created fine-tuning job: ${job.id}` })];
  const { done, total, figures } = job.progress;
  if (figures !== undefined) {
    const message = `Step ${done}/${total}`;
    events.unshift(event(`step-${done}`, job.updatedAt, { type: 'metrics', message, data: dataOf(job) }));
  }
  if (hasEnded(job)) {
    const error = errorOf(job);
    const level = error === null ? 'info' : 'error';
    events.unshift(event('ended', job.updatedAt, { level, message: error?.message ?? `The job ${job.status}` }));
  }
  return events;
}

function dataOf({ progress: { done, total, figures = {} } }: Job): Record<string, number> {
  const names = { train_loss: 'loss', full_valid_loss: 'validationLoss', tokens_per_second: 'tokensPerSecond' };
  const known = Object.entries(names).flatMap(([name, ours]) => {
    const figure = figures[ours];
    return typeof figure === 'number' ? [[name, figure] as const] : [];
  });
  return { step: done, total_steps: total, ...Object.fromEntries(known) };
}
