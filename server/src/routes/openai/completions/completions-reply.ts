import { z } from 'zod';
import type { TokenUsage } from '../../../models/language-model.ts';
import type { LogprobEntry } from '../../../ports/engine.ts';
import { toCitationBody } from '../../bodies/answer-bodies.ts';
import type { ReplyIdentity } from '../chat/chat-reply.ts';
import type { ChoicePart } from '../chat/choices.ts';
import { citationsField, secondsOf, systemFingerprint, toUsage, usageSchema } from '../chat/reply-parts.ts';
import { dataLine, lastLine } from '../stream-lines.ts';
import { sumOfUsages, usageOfOnePrompt, type FinishReason, type WholeChoice } from '../chat/whole-choice.ts';

const logprobsSchema = z.object({
  tokens: z.array(z.string()),
  token_logprobs: z.array(z.number()),
  top_logprobs: z.array(z.record(z.string(), z.number())),
  text_offset: z.array(z.int()),
});
type Logprobs = z.infer<typeof logprobsSchema>;

export const completionReplySchema = z.object({
  id: z.string(),
  object: z.literal('text_completion'),
  created: z.int(),
  model: z.string(),
  choices: z.array(
    z.object({
      text: z.string(),
      index: z.int(),
      logprobs: logprobsSchema.nullable(),
      finish_reason: z.enum(['stop', 'length']),
      citations: citationsField,
    }),
  ),
  usage: usageSchema,
  system_fingerprint: z.string(),
});

export interface LegacyReplyOptions {
  identity: ReplyIdentity;
  /** What goes before the text of each choice. */
  prompts: readonly string[];
  /** Choices of each prompt, which stand together. */
  perPrompt: number;
  logprobs: boolean;
}

export function toCompletionReply(
  choices: readonly WholeChoice[],
  { identity, prompts, perPrompt, logprobs }: LegacyReplyOptions,
): z.infer<typeof completionReplySchema> {
  return {
    ...headOf(identity),
    choices: choices.map(({ text, reason, citations, ...choice }, index) => ({
      text: `${prompts[index]}${text}`,
      index,
      logprobs: logprobs ? toLogprobs(choice.logprobs, 0) : null,
      finish_reason: toFinishReason(reason),
      ...(citations.length === 0 ? {} : { citations: citations.map(toCitationBody) }),
    })),
    usage: toUsage(
      usageOf(
        choices.map(({ usage }) => usage),
        perPrompt,
      ),
    ),
    system_fingerprint: systemFingerprint,
  };
}

/** The lines of a streamed completion: what goes before, what is written, why it ended, and the usage when wanted. */
export async function* toCompletionLines(
  parts: AsyncIterable<ChoicePart>,
  { identity, prompts, perPrompt, logprobs, includeUsage }: LegacyReplyOptions & { includeUsage: boolean },
): AsyncGenerator<string> {
  const common = { ...headOf(identity), system_fingerprint: systemFingerprint };
  const unused = includeUsage ? { usage: null } : {};
  const line = (choice: object): string => dataLine({ ...common, choices: [choice], ...unused });
  const written = prompts.map(() => 0);
  const cited = prompts.map((): object => ({}));
  const usages: TokenUsage[] = [];
  for (const [index, text] of prompts.entries()) {
    if (text !== '') yield line({ text, index, logprobs: null, finish_reason: null });
  }
  for await (const { index, part } of parts) {
    if (part.type === 'text-delta') {
      const told = logprobs ? toLogprobs(part.logprobs ?? [], written[index] ?? 0) : null;
      written[index] = (written[index] ?? 0) + part.delta.length;
      yield line({ text: part.delta, index, logprobs: told, finish_reason: null });
    } else if (part.type === 'citations') {
      cited[index] = { citations: part.citations.map(toCitationBody) };
    } else if (part.type === 'finish') {
      usages[index] = part.usage;
      yield line({ text: '', index, logprobs: null, finish_reason: toFinishReason(part.reason), ...cited[index] });
    }
  }
  if (includeUsage) yield dataLine({ ...common, choices: [], usage: toUsage(usageOf(usages, perPrompt)) });
  yield lastLine;
}

function headOf({ id, created, model }: ReplyIdentity) {
  return { id, object: 'text_completion' as const, created: secondsOf(created), model };
}

function toFinishReason(reason: FinishReason): 'stop' | 'length' {
  return reason === 'length' ? 'length' : 'stop';
}

/** Offsets are in UTF-16, from the beginning of what the model wrote. */
function toLogprobs(entries: readonly LogprobEntry[], writtenBefore: number): Logprobs {
  let offset = writtenBefore;
  const offsets = entries.map(({ token }) => {
    const start = offset;
    offset += token.length;
    return start;
  });
  return {
    tokens: entries.map(({ token }) => token),
    token_logprobs: entries.map(({ logprob }) => logprob),
    top_logprobs: entries.map(({ top }) => Object.fromEntries(top.map(({ token, logprob }) => [token, logprob]))),
    text_offset: offsets,
  };
}

function usageOf(usages: readonly TokenUsage[], perPrompt: number): TokenUsage {
  const groups = Array.from({ length: usages.length / perPrompt }, (_value, group) =>
    usages.slice(group * perPrompt, (group + 1) * perPrompt),
  );
  return sumOfUsages(groups.map(usageOfOnePrompt));
}
