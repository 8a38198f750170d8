import type { TokenUsage } from '../../models/language-model.ts';
import type { Engine, GeneratePart, Prompt } from '../../ports/engine.ts';

/** What came of a completion before its end. */
export interface Written {
  parts: number;
  text: string;
}

export function note(part: GeneratePart, written: Written): void {
  written.parts += 1;
  if (part.type === 'text-delta' || part.type === 'thinking-delta') written.text += part.delta;
}

export interface UnfinishedCompletion {
  model: string;
  prompt: Prompt;
  /** Tokens that the model may have read at the most. */
  most: number;
  engine: Pick<Engine, 'countTokens'>;
}

/**
 * What a completion has cost whose end nobody heard: only with the end the engine tells it. Of one that had not begun,
 * nothing. A part may hold several tokens.
 */
export async function usageOf(
  { parts, text }: Written,
  { model, prompt, most, engine }: UnfinishedCompletion,
): Promise<TokenUsage> {
  const usage = { promptTokens: 0, cachedTokens: 0, completionTokens: parts };
  if (parts === 0) return usage;
  const count = async (counted: string | Prompt): Promise<number | undefined> =>
    engine.countTokens(model, [counted]).then(
      ([tokens]) => tokens,
      // Too long to be counted, or the engine has died.
      () => undefined,
    );
  const [promptTokens = most, completionTokens = parts] = await Promise.all([count(prompt), count(text)]);
  return {
    ...usage,
    promptTokens: Math.min(promptTokens, most),
    completionTokens: Math.max(parts, completionTokens),
  };
}
