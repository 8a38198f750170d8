import { z } from 'zod';
import type { LogprobEntry } from '../../../../ports/engine.ts';

const bytes = z.array(z.number().int().min(0).max(255)).nullish().catch(null);
const one = z.object({ token: z.string(), logprob: z.number(), bytes });

/** Of one token, as OpenAI, Ollama and llama-server all send it. */
export const logprobReply = one.extend({ top_logprobs: z.array(one).nullish() });

export function toLogprobs(replies: readonly z.infer<typeof logprobReply>[]): LogprobEntry[] {
  return replies.map(({ top_logprobs: top, ...token }) => ({ ...tokenOf(token), top: (top ?? []).map(tokenOf) }));
}

function tokenOf({ token, logprob, bytes: given }: z.infer<typeof one>) {
  return { token, logprob, bytes: given ?? [...Buffer.from(token)] };
}
