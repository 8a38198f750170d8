import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../../../errors/app-error.ts';
import { told } from '../../../../errors/told.ts';
import type { ChatMessage } from '../../../../models/language-model.ts';
import type { ChatPrompt, Overflow, TextPrompt } from '../../../../ports/engine.ts';
import { cutMiddle } from '../../llama/child/prompt/token-window.ts';
import { shorterChats } from '../../shorter-chats.ts';
import type { EngineHttp } from '../wire/http.ts';
import { encodeMessages } from '../openai/chat-messages.ts';
import type { LlamaTokens } from './llama-tokens.ts';

/** Text as the server reads it, special tokens and all, or tokens. */
export type LlamaPrompt = string | number[];

type Piece = TextPrompt['pieces'][number];

const templateReply = z.object({ prompt: z.string() });

export interface LlamaPrompts {
  /** The prompt in the form of the model, in which no text of a message is a special token. */
  of(prompt: ChatPrompt | TextPrompt, signal: AbortSignal): Promise<LlamaPrompt>;
  /** The same, with fewer than so many tokens; rejects with `context_too_long` when it may not be cut. */
  fitted(prompt: ChatPrompt | TextPrompt, options: FitOptions): Promise<LlamaPrompt>;
  tokensOf(prompt: LlamaPrompt, signal: AbortSignal): Promise<number[]>;
}

export interface FitOptions {
  contextTokens: number;
  overflow: Overflow;
  signal: AbortSignal;
}

export function createLlamaPrompts(http: EngineHttp, tokens: LlamaTokens): LlamaPrompts {
  async function render(messages: readonly ChatMessage[], signal: AbortSignal): Promise<string> {
    const body = { messages: encodeMessages(messages) };
    return (await http.post('/apply-template', { body, reply: templateReply, signal })).prompt;
  }

  /** The template is filled with marks for texts that must stay texts, and cut at the marks. */
  async function chatPieces({ messages, before }: ChatPrompt, signal: AbortSignal): Promise<Piece[]> {
    const marks = new Map<string, string>();
    const marked: ChatMessage[] = [];
    for (const message of messages) {
      if (await tokens.isHarmless(message.text, signal)) {
        marked.push(message);
        continue;
      }
      const mark = `M${randomBytes(12).toString('hex')}M`;
      marks.set(mark, message.text);
      marked.push({ ...message, text: mark });
    }
    const rendered = await render(marked, signal);
    const pieces = rendered.split(/(M[0-9a-f]{24}M)/).map((text) => {
      const plain = marks.get(text);
      return plain === undefined ? { text, special: true } : { text: plain, special: false };
    });
    return before === undefined ? pieces : [{ tokens: before }, ...pieces];
  }

  async function joined(pieces: readonly Piece[], signal: AbortSignal): Promise<LlamaPrompt> {
    const kept = pieces.filter((piece) => 'tokens' in piece || piece.text !== '');
    const texts: string[] = [];
    for (const piece of kept) {
      if ('text' in piece && (piece.special || (await tokens.isHarmless(piece.text, signal)))) texts.push(piece.text);
    }
    if (texts.length === kept.length) return texts.join('');
    const [beginning] = await tokens.of('', { special: true, begins: true, signal });
    const all: number[] = [];
    for (const piece of kept) {
      all.push(...('tokens' in piece ? piece.tokens : await tokens.of(piece.text, { special: piece.special, signal })));
    }
    return beginning === undefined || all[0] === beginning ? all : [beginning, ...all];
  }

  async function of(prompt: ChatPrompt | TextPrompt, signal: AbortSignal): Promise<LlamaPrompt> {
    return joined(prompt.type === 'text' ? prompt.pieces : await chatPieces(prompt, signal), signal);
  }

  async function tokensOf(prompt: LlamaPrompt, signal: AbortSignal): Promise<number[]> {
    return typeof prompt === 'string' ? tokens.of(prompt, { special: true, begins: true, signal }) : prompt;
  }

  return {
    of,
    tokensOf,
    async fitted(prompt, { contextTokens, overflow, signal }) {
      const whole = await of(prompt, signal);
      const all = await tokensOf(whole, signal);
      if (all.length < contextTokens) return whole;
      if (overflow.type === 'cut-middle') return cutMiddle(all, { keep: overflow.keep, size: contextTokens });
      const shorter = overflow.type === 'drop-messages' && prompt.type === 'chat' ? shorterChats(prompt) : [];
      let [low, high] = [0, shorter.length];
      let found: LlamaPrompt | undefined;
      while (low < high) {
        const middle = (low + high) >> 1;
        const candidate = await of(shorter[middle]?.() ?? prompt, signal);
        const fits = (await tokensOf(candidate, signal)).length < contextTokens;
        if (fits) [high, found] = [middle, candidate];
        else low = middle + 1;
      }
      if (found !== undefined) return found;
      const detail = told`The prompt has ${all.length} tokens; at most ${contextTokens - 1} fit.`;
      throw new AppError('context_too_long', { detail });
    },
  };
}
