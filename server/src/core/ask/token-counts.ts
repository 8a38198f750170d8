import type { Engine } from '../../ports/engine.ts';

/** Tokens of each text, by the tokenizer of the model that will read them. */
export type CountTokens = (model: string, texts: readonly string[]) => Promise<number[]>;

/** About 8 MB of text at most. */
const rememberedCharacters = 4_000_000;

/**
 * Asks the engine once for each text and remembers: passages and their sentences come back in question after question,
 * and each call to the engine is a trip to another process. What was used longest ago is forgotten first.
 */
export function createTokenCounts(
  engine: Pick<Engine, 'countTokens'>,
  { mostCharacters = rememberedCharacters }: { mostCharacters?: number } = {},
): CountTokens {
  // A Map keeps the order of insertion. Counts under way are in it too: who asks meanwhile waits for the same call.
  const remembered = new Map<string, Promise<number>>();
  let characters = 0;

  const forget = (key: string): void => {
    if (remembered.delete(key)) characters -= key.length;
  };
  const remember = (key: string, count: Promise<number>): void => {
    forget(key);
    remembered.set(key, count);
    characters += key.length;
  };

  return async (model, texts) => {
    const keyOf = (text: string): string => `${model}\n${text}`;
    const missing = [...new Set(texts)].filter((text) => !remembered.has(keyOf(text)));
    const counted = missing.length === 0 ? undefined : engine.countTokens(model, missing);
    for (const [index, text] of missing.entries()) {
      const count = counted!.then((counts) => counts[index] ?? 0);
      count.catch(() => forget(keyOf(text)));
      remember(keyOf(text), count);
    }
    const counts = texts.map((text) => remembered.get(keyOf(text))!);
    for (const [index, text] of texts.entries()) remember(keyOf(text), counts[index]!);
    for (const oldest of remembered.keys()) {
      if (characters <= mostCharacters) break;
      forget(oldest);
    }
    return Promise.all(counts);
  };
}
