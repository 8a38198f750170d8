import { z } from 'zod';
import { text, timestamp } from './common.ts';
import { downloadSchema } from './health.ts';

const count = z.int().min(0);

export const modelSchema = z
  .object({
    name: z.string(),
    kind: z.enum(['language', 'embedding', 'reranker']),
    description: z.object({ pt: z.string(), en: z.string() }),
    licence: z.string(),
    bytes: z.number().nullable().describe('Of its file; null where it is not known before it is here.'),
    configured: z.boolean().describe('Whether the settings name it.'),
    installed: z.boolean(),
    personas: z.array(z.string()).describe('Those made from it.'),
    loaded: z
      .array(
        z.object({
          adapter: z.string().nullable().describe('Digest of the adapter over the model.'),
          bytes: z.number().nullable().describe('Weights and context, estimated.'),
          context_tokens: z.int().nullable(),
          busy: count.describe('Calls that run.'),
          waiting: count,
          expires_at: timestamp
            .nullable()
            .describe('When it is unloaded if nobody uses it; null for never or unknown.'),
        }),
      )
      .describe('Empty while it is not loaded.'),
    download: downloadSchema.nullable().describe('Under way, or the last one when it failed.'),
  })
  .meta({ id: 'Model' });
export type Model = z.infer<typeof modelSchema>;

export const modelListSchema = z.object({ models: z.array(modelSchema) }).meta({ id: 'Models' });
export type ModelList = z.infer<typeof modelListSchema>;

export const modelParamsSchema = z.strictObject({ name: text(500).min(1) });
