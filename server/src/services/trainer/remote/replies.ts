import { z } from 'zod';

/** Becomes part of addresses. */
const idSchema = z.string().regex(/^[\w.-]{1,128}$/);
/** A number that a server may leave out or get wrong; what cannot be is passed over. */
const credible = (schema: z.ZodNumber) => schema.optional().catch(undefined);
const count = credible(z.number().int().min(0).max(1_000_000_000));
const measure = credible(z.number());

export const fileSchema = z.object({
  id: idSchema,
  bytes: z.number().int().min(0),
  filename: z.string().max(1000),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
});
export type TrainerFile = z.infer<typeof fileSchema>;

export const modelSchema = z.object({ id: z.string().max(1000) });

export const jobSchema = z.object({
  id: idSchema,
  model: z.string().max(1000),
  status: z.enum(['validating_files', 'queued', 'running', 'paused', 'succeeded', 'failed', 'cancelled']),
  training_file: idSchema.nullish(),
  validation_file: idSchema.nullish(),
  result_files: z.array(idSchema).max(100).nullish(),
  error: z.object({ code: z.string().nullish() }).nullish(),
  metadata: z.record(z.string(), z.string()).nullish(),
});
export type TrainerJob = z.infer<typeof jobSchema>;

export const jobPageSchema = z.object({ data: z.array(jobSchema).max(100) });

const eventSchema = z.object({
  id: idSchema,
  data: z
    .object({
      step: count,
      total_steps: count,
      epoch: count,
      train_loss: measure,
      full_valid_loss: measure,
      tokens_per_second: measure,
      seconds_left: measure,
    })
    .nullish()
    .catch(undefined),
});
export type TrainerEvent = z.infer<typeof eventSchema>;

/** Newest first. */
export const eventPageSchema = z.object({ data: z.array(eventSchema).max(1000), has_more: z.boolean().nullish() });

export const anythingSchema = z.unknown();
