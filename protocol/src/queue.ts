import { z } from 'zod';

const count = z.int().min(0);
const priority = z.enum(['interactive', 'batch']);

export const queueReplySchema = z
  .object({
    models: z.array(
      z.object({
        model: z.string(),
        adapter: z.string().nullable().describe('Digest of the adapter over the model.'),
        slots: count.describe('Calls that may run at once; 0 while the model is being loaded.'),
        busy: count.describe('Calls that run.'),
        waiting: z.object({ interactive: count, batch: count }),
        calls: z
          .array(
            z.object({
              place: z.int().min(1).describe('1 is served next.'),
              caller: z.string().nullable().describe('A key or an account; null: the service itself.'),
              caller_name: z
                .string()
                .nullable()
                .describe('Of the key or account; null: it is gone, or the service itself.'),
              own: z.boolean(),
              priority,
              waited_ms: count,
            }),
          )
          .describe('Your own calls that wait; those of everybody for the scope "admin".'),
      }),
    ),
  })
  .meta({ id: 'Queue' });
export type QueueReply = z.infer<typeof queueReplySchema>;
