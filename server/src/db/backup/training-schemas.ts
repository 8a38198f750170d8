import { z } from 'zod';
import { chatMessages, count, hash, id, time } from './record-fields.ts';

const check = z.strictObject({
  name: z.string(),
  before: z.number().nullable(),
  after: z.number().nullable(),
  limit: z.number().nullable(),
  passed: z.boolean(),
});

/** What a line of a backup holds, of the kinds that training keeps. */
export const trainingSchemas = {
  'training-sets': z.strictObject({ id, ownerId: id, examples: count, parts: count, createdAt: time }),
  'training-parts': z.strictObject({
    setId: id,
    number: z.number().int().positive(),
    examples: z.array(z.strictObject({ prompt: chatMessages, answer: z.string() })),
  }),
  'training-versions': z.strictObject({
    id,
    base: id,
    baseSha256: hash,
    adapter: z.string().regex(/^sha256:[0-9a-f]{64}$/),
    bytes: count,
    jobId: id,
    ownerId: id,
    data: z.strictObject({ sets: z.array(id), examples: count, sha256: hash, setsLeftOut: count }),
    gate: z.strictObject({ accepted: z.boolean(), checks: z.array(check) }),
    override: z.strictObject({ userId: id, reason: z.string(), at: time }).nullable(),
    createdAt: time,
  }),
  'versions-in-force': z.strictObject({
    base: id,
    versionId: id.nullable(),
    earlier: z.array(id),
    revision: z.number().int().positive(),
    changedAt: time,
    changedBy: id,
  }),
};
