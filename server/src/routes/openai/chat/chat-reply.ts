import { z } from 'zod';
import type { TokenLogprob } from '../../../models/language-model.ts';
import type { LogprobEntry } from '../../../ports/engine.ts';
import { toCitationBody } from '../../bodies/answer-bodies.ts';
import {
  citationsField,
  secondsOf,
  systemFingerprint,
  toolCallSchema,
  toToolCallBody,
  toUsage,
  usageSchema,
} from './reply-parts.ts';
import { usageOfOnePrompt, type FinishReason, type WholeChoice } from './whole-choice.ts';

const tokenLogprobSchema = z.object({ token: z.string(), logprob: z.number(), bytes: z.array(z.int()) });
const logprobsSchema = z.object({
  content: z.array(tokenLogprobSchema.extend({ top_logprobs: z.array(tokenLogprobSchema) })),
  refusal: z.null(),
});
const finishReasonSchema = z.enum(['stop', 'length', 'tool_calls']);

export const chatReplySchema = z.object({
  id: z.string(),
  object: z.literal('chat.completion'),
  created: z.int(),
  model: z.string(),
  choices: z.array(
    z.object({
      index: z.int(),
      message: z.object({
        role: z.literal('assistant'),
        content: z.string().nullable(),
        refusal: z.null(),
        reasoning: z.string().optional(),
        tool_calls: z.array(toolCallSchema).optional(),
        citations: citationsField,
      }),
      logprobs: logprobsSchema.nullable(),
      finish_reason: finishReasonSchema,
    }),
  ),
  usage: usageSchema,
  system_fingerprint: z.string(),
});
export type ChatReply = z.infer<typeof chatReplySchema>;

/** What every body and every chunk of one reply has in common. */
export interface ReplyIdentity {
  id: string;
  created: Date;
  model: string;
}

export function toChatReply(
  choices: readonly WholeChoice[],
  { id, created, model }: ReplyIdentity,
  { logprobs }: { logprobs: boolean },
): ChatReply {
  return {
    id,
    object: 'chat.completion',
    created: secondsOf(created),
    model,
    choices: choices.map((choice, index) => ({
      index,
      message: toMessage(choice),
      logprobs: logprobs ? toLogprobs(choice.logprobs) : null,
      finish_reason: toFinishReason(choice.reason),
    })),
    usage: toUsage(usageOfOnePrompt(choices.map(({ usage }) => usage))),
    system_fingerprint: systemFingerprint,
  };
}

function toMessage({ text, thinking, toolCalls, citations }: WholeChoice): ChatReply['choices'][number]['message'] {
  return {
    role: 'assistant',
    content: text === '' && toolCalls.length > 0 ? null : text,
    refusal: null,
    ...(thinking === '' ? {} : { reasoning: thinking }),
    ...(toolCalls.length === 0 ? {} : { tool_calls: toolCalls.map(toToolCallBody) }),
    ...(citations.length === 0 ? {} : { citations: citations.map(toCitationBody) }),
  };
}

export function toLogprobs(entries: readonly LogprobEntry[]): z.infer<typeof logprobsSchema> {
  return {
    content: entries.map((entry) => ({ ...toTokenLogprob(entry), top_logprobs: entry.top.map(toTokenLogprob) })),
    refusal: null,
  };
}

function toTokenLogprob({ token, logprob, bytes }: TokenLogprob): z.infer<typeof tokenLogprobSchema> {
  return { token, logprob, bytes: [...bytes] };
}

export function toFinishReason(reason: FinishReason): z.infer<typeof finishReasonSchema> {
  return reason === 'tool-calls' ? 'tool_calls' : reason;
}
