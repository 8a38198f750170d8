import { z } from 'zod';
import type { EngineHttp } from '../wire/http.ts';

const tokensReply = z.object({ tokens: z.array(z.number().int()) });
const textReply = z.object({ content: z.string() });

export interface LlamaTokens {
  /** `special`: whether special tokens are recognised; `begins`: with the token that begins every text of the model. */
  of(text: string, options: { special: boolean; begins?: boolean; signal: AbortSignal }): Promise<number[]>;
  text(tokens: readonly number[], signal: AbortSignal): Promise<string>;
  /** Whether the text means the same to the model when special tokens are recognised in it. */
  isHarmless(text: string, signal: AbortSignal): Promise<boolean>;
}

/** The tokenizer of the model behind a llama-server. */
export function createLlamaTokens(http: EngineHttp): LlamaTokens {
  async function of(text: string, { special, begins = false, signal }: Parameters<LlamaTokens['of']>[1]) {
    const body = { content: text, add_special: begins, parse_special: special };
    return (await http.post('/tokenize', { body, reply: tokensReply, signal })).tokens;
  }

  return {
    of,
    async text(tokens, signal) {
      return (await http.post('/detokenize', { body: { tokens }, reply: textReply, signal })).content;
    },
    async isHarmless(text, signal) {
      // Special tokens are written in brackets, in every vocabulary.
      if (!/[<[]/.test(text)) return true;
      const [plain, special] = await Promise.all([
        of(text, { special: false, signal }),
        of(text, { special: true, signal }),
      ]);
      return plain.length === special.length && plain.every((token, index) => token === special[index]);
    },
  };
}
