import type { Prompt } from '../../../../ports/engine.ts';

/** What the form of a chat adds to each message. */
const tokensPerMessage = 8;
const tokensPerImage = 768;
const bytesPerToken = 3;
/** A run of letters with the space before it; digits, signs and line ends are mostly tokens of their own. */
const pieces = / ?\p{L}+|[^\S\n]+|\P{L}/gu;

/** Tokens of a text or prompt, rather too many: for engines that do not say. */
export function estimateTokens(text: string | Prompt): number {
  if (typeof text === 'string') return ofText(text);
  if (text.type === 'infill') return ofText(text.before) + ofText(text.after) + tokensPerMessage;
  if (text.type === 'text') {
    return text.pieces.reduce((sum, piece) => sum + ('text' in piece ? ofText(piece.text) : piece.tokens.length), 1);
  }
  const messages = text.messages.reduce((sum, message) => {
    const calls = message.toolCalls === undefined ? 0 : ofText(JSON.stringify(message.toolCalls));
    const words = ofText(message.text) + ofText(message.thinking ?? '') + calls;
    return sum + words + tokensPerMessage + tokensPerImage * (message.images?.length ?? 0);
  }, tokensPerMessage);
  const tools = text.tools === undefined || text.tools.length === 0 ? 0 : ofText(JSON.stringify(text.tools));
  return messages + tools + (text.before?.length ?? 0);
}

function ofText(text: string): number {
  let tokens = 0;
  for (const [piece] of text.matchAll(pieces))
    tokens += Math.ceil(Buffer.byteLength(piece.trimStart()) / bytesPerToken) || 1;
  return tokens;
}
