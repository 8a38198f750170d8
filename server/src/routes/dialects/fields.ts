import { z } from 'zod';
import { greedySampling, type SamplingOptions } from '../../models/language-model.ts';

/** Clients send null for what they leave out. */
export function optional<Schema extends z.ZodType>(schema: Schema): z.ZodOptional<z.ZodNullable<Schema>> {
  return schema.nullish();
}

export const jsonObject = z.record(z.string(), z.unknown());
export const modelField = z
  .string()
  .min(1)
  .meta({ description: 'A model or a persona; GET /v1/models lists them.', examples: ['nano'] });

/** Without what is null or undefined. */
type Said<Fields> = { [Name in keyof Fields]?: NonNullable<Fields[Name]> };
export function said<Fields extends object>(fields: Fields): Said<Fields> {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(entries) as Said<Fields>;
}

/** Reaches every completion that its context has room for. */
const unlimitedTokens = 2 ** 31 - 1;
/** What OpenAI and Anthropic promise where nobody says anything. */
export const usualSampling: SamplingOptions = { ...greedySampling, temperature: 1, maxTokens: unlimitedTokens };
