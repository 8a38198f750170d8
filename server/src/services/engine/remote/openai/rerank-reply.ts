import { z } from 'zod';
import { malformed } from '../wire/trouble.ts';

export const rerankReply = z.object({
  results: z.array(z.object({ index: z.number().int().min(0), relevance_score: z.number() })),
});

/** Relevances in 0..1, in the order of the texts. Servers send probabilities or logits: those beyond 0..1 are logits. */
export function readRelevances(
  { results }: z.infer<typeof rerankReply>,
  texts: number,
  { isLogit = false } = {},
): number[] {
  const scores = Array.from(
    { length: texts },
    (_, index) => results.find((one) => one.index === index)?.relevance_score,
  );
  const known = scores.filter((score) => score !== undefined);
  if (known.length !== texts) throw malformed(new Error('a text has no relevance'));
  const areLogits = isLogit || known.some((score) => score < 0 || score > 1);
  return areLogits ? known.map((score) => 1 / (1 + Math.exp(-score))) : known;
}
