import { z } from 'zod';
import { pageQuery } from './common.ts';

const day = z.iso.date();
const count = z.int().min(0);

const counts = {
  requests: count.describe('Calls of a model: an answer from the cache makes none, a rewritten follow-up one more.'),
  prompt_tokens: count,
  cached_tokens: count.describe('Of the prompt tokens, how many were evaluated before.'),
  completion_tokens: count,
};

export const usageQuery = pageQuery.extend({
  from: day.optional().describe('First day, in UTC; by default 30 days before the last one.'),
  to: day.optional().describe('Last day, in UTC; by default today.'),
  user_id: z.string().min(1).max(64).optional().describe('Of one user; only administrators ask for others.'),
});
export type UsageQuery = z.input<typeof usageQuery>;

export const usageEntrySchema = z
  .object({
    day,
    user_id: z.string(),
    username: z.string().nullable().describe('null: the account is gone.'),
    key_id: z.string().nullable().describe('null: logged in with a password.'),
    key_name: z.string().nullable().describe('null: no key, or one that is gone.'),
    model: z.string(),
    ...counts,
  })
  .meta({ id: 'UsageEntry' });
export type UsageEntry = z.infer<typeof usageEntrySchema>;

export const usageReplySchema = z
  .object({
    from: day,
    to: day,
    total: z.object(counts),
    items: z.array(usageEntrySchema),
    next: z.string().nullable(),
  })
  .meta({ id: 'Usage' });
export type UsageReply = z.infer<typeof usageReplySchema>;
