import type { LlamaModel, Token } from 'node-llama-cpp';

/** The bytes of a token in UTF-8: one token may be a part of a character. */
export type TokenBytes = (token: number) => Uint8Array;

/** Types of tokens in a GGUF file. */
export const tokenTypes = { control: 3, byte: 6 } as const;

export function tokenTypesOf(model: LlamaModel): readonly number[] {
  return model.fileInfo.metadata.tokenizer.ggml.token_type ?? [];
}

export function createTokenBytes(model: LlamaModel): TokenBytes {
  const types = tokenTypesOf(model);
  const { tokens, model: tokenizer } = model.fileInfo.metadata.tokenizer.ggml;
  return (token) => {
    const piece = tokens[token] ?? '';
    const type = types[token];
    if (type === tokenTypes.control) return Buffer.from(piece);
    if (type === tokenTypes.byte) return Uint8Array.of(Number.parseInt(piece.slice(1, -1), 16));
    if (tokenizer === 'gpt2') return bytesOfCharacters(piece);
    if (tokenizer === 'llama') return Buffer.from(piece.replaceAll('\u2581', ' '));
    return Buffer.from(model.detokenize([token as Token], true));
  };
}

function bytesOfCharacters(piece: string): Uint8Array {
  // A token that was added to the vocabulary is written as it is.
  const bytes = Array.from(piece, (character) => byteOf.get(character));
  return bytes.includes(undefined) ? Buffer.from(piece) : Uint8Array.from(bytes as number[]);
}

/** The character that stands for each byte. Source: `bytes_to_unicode` of GPT-2. */
const byteOf = new Map<string, number>();
let unprintable = 0;
for (let byte = 0; byte < 256; byte++) {
  const isPrintable = (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
  byteOf.set(String.fromCodePoint(isPrintable ? byte : 256 + unprintable++), byte);
}
