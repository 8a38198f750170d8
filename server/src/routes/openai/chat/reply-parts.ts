import { citationSchema } from '@billumy/protocol';
import { z } from 'zod';
import type { TokenUsage, ToolCall } from '../../../models/language-model.ts';
import { version } from '../../../process/version.ts';

/** Of the program that answers, since the same seed may give another text after an update. */
export const systemFingerprint = `fp_billumy_${version}`;

export const usageSchema = z.object({
  prompt_tokens: z.int(),
  completion_tokens: z.int(),
  total_tokens: z.int(),
  prompt_tokens_details: z.object({ cached_tokens: z.int() }),
});

export function toUsage({ promptTokens, cachedTokens, completionTokens }: TokenUsage): z.infer<typeof usageSchema> {
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    prompt_tokens_details: { cached_tokens: cachedTokens },
  };
}

export const toolCallSchema = z.object({
  id: z.string(),
  type: z.literal('function'),
  function: z.object({ name: z.string(), arguments: z.string() }),
});

export function toToolCallBody({ id, name, arguments: given }: ToolCall): z.infer<typeof toolCallSchema> {
  return { id, type: 'function', function: { name, arguments: JSON.stringify(given) } };
}

/** Beyond OpenAI: where what a persona says stands in the documents. */
export const citationsField = z.array(citationSchema).optional();

/** Seconds since 1970. */
export function secondsOf(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}
