import { z } from 'zod';
import type { ChatMessage } from '../../models/language-model.ts';

export const id = z.string().min(1);
export const count = z.number().int().nonnegative();
export const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** In the only form in which backups have it. */
export const time = z.string().transform((text, context) => {
  const date = new Date(text);
  if (!Number.isNaN(date.getTime()) && date.toISOString() === text) return date;
  context.addIssue({ code: 'custom', message: 'expected a time such as 2026-11-30T12:00:00.000Z' });
  return z.NEVER;
});

/** What the product only hands on, or reads with care, is kept as it is. */
export const chatMessages = z.array(
  z.looseObject({ role: z.enum(['system', 'user', 'assistant', 'tool']), text: z.string() }),
) as unknown as z.ZodType<readonly ChatMessage[]>;
