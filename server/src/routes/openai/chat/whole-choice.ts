import type { Citation } from '../../../models/answer.ts';
import type { TokenUsage, ToolCall } from '../../../models/language-model.ts';
import type { LogprobEntry } from '../../../ports/engine.ts';
import type { StartedPart } from '../../dialects/begin-completion.ts';
import type { ChoicePart } from './choices.ts';

/** A completion, when all of it has come. */
export interface WholeChoice {
  text: string;
  thinking: string;
  toolCalls: readonly ToolCall[];
  logprobs: readonly LogprobEntry[];
  citations: readonly Citation[];
  reason: FinishReason;
  usage: TokenUsage;
}

export type FinishReason = Extract<StartedPart, { type: 'finish' }>['reason'];
const nothing: TokenUsage = { promptTokens: 0, cachedTokens: 0, completionTokens: 0 };

/** Reads all choices to their ends. */
export async function wholeChoices(parts: AsyncIterable<ChoicePart>, count: number): Promise<WholeChoice[]> {
  const collectors = Array.from({ length: count }, () => createCollector());
  for await (const { index, part } of parts) collectors[index]?.add(part);
  return collectors.map(({ whole }) => whole());
}

/** Puts one completion together as its parts pass. */
export function createCollector(): { add(part: StartedPart): void; whole(): WholeChoice } {
  const [texts, thoughts]: [string[], string[]] = [[], []];
  const toolCalls: ToolCall[] = [];
  const logprobs: LogprobEntry[] = [];
  const citations: Citation[] = [];
  let end: Pick<WholeChoice, 'reason' | 'usage'> = { reason: 'stop', usage: nothing };
  return {
    add(part) {
      if (part.type === 'text-delta') {
        texts.push(part.delta);
        logprobs.push(...(part.logprobs ?? []));
      } else if (part.type === 'thinking-delta') thoughts.push(part.delta);
      else if (part.type === 'tool-call') toolCalls.push(part.call);
      else if (part.type === 'citations') citations.push(...part.citations);
      else end = { reason: part.reason, usage: part.usage };
    },
    whole: () => ({ text: texts.join(''), thinking: thoughts.join(''), toolCalls, logprobs, citations, ...end }),
  };
}

/** What several completions of one prompt used: the prompt counts once. */
export function usageOfOnePrompt(usages: readonly TokenUsage[]): TokenUsage {
  const [first = nothing] = usages;
  return { ...first, completionTokens: usages.reduce((sum, { completionTokens }) => sum + completionTokens, 0) };
}

export function sumOfUsages(usages: readonly TokenUsage[]): TokenUsage {
  return usages.reduce(
    (sum, usage) => ({
      promptTokens: sum.promptTokens + usage.promptTokens,
      cachedTokens: sum.cachedTokens + usage.cachedTokens,
      completionTokens: sum.completionTokens + usage.completionTokens,
    }),
    nothing,
  );
}
