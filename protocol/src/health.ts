import { z } from 'zod';

/** The process lives; says nothing of its parts. */
export const healthSchema = z.object({ status: z.literal('ok'), version: z.string() }).meta({ id: 'Health' });

export const partHealthSchema = z
  .object({
    status: z.enum(['ok', 'degraded', 'down']),
    why: z.string().nullable().describe('What is wrong and what to do; null when nothing is.'),
    trouble: z.string().optional().describe('What is wrong, for programs: such as `redis_unreachable`.'),
    awaits: z.string().optional().describe('The model that it does without until that is on this machine.'),
  })
  .meta({ id: 'PartHealth' });

export const downloadSchema = z
  .object({
    model: z.string(),
    state: z.enum(['running', 'failed']),
    bytes_done: z.number(),
    bytes_total: z.number().nullable(),
    bytes_per_second: z.number(),
    seconds_left: z.number().nullable(),
    error: z.string().nullable(),
  })
  .meta({ id: 'Download' });

/** `degraded` still answers, with less; `down` and `shutting_down` come with status 503. */
export const readinessSchema = z
  .object({
    status: z.enum(['ok', 'degraded', 'down', 'shutting_down']),
    version: z.string(),
    parts: z.record(z.string(), partHealthSchema),
    downloads: z.array(downloadSchema),
  })
  .meta({ id: 'Readiness' });

export type Health = z.infer<typeof healthSchema>;
export type PartHealth = z.infer<typeof partHealthSchema>;
export type Readiness = z.infer<typeof readinessSchema>;
