import { z } from 'zod';

/** Text from a person: no NUL and no lone surrogates, which no store keeps intact. */
export const text = (max: number): z.ZodString =>
  z
    .string()
    .max(max)
    .refine((value) => !value.includes('\0') && value.isWellFormed(), 'must be text without NUL or lone surrogates');

export const collectionName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, 'must be 1 to 64 of a-z, 0-9, _ and -, starting with a letter or digit');

export const idempotencyHeaders = z.object({ 'idempotency-key': z.string().min(1).max(255).optional() });

export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  after: z.string().min(1).max(512).optional(),
});

export const timestamp = z.iso.datetime();
