import type { LlamaModel } from 'node-llama-cpp';
import type { ChatPrompt, InfillPrompt, Prompt, TextPrompt } from '../../../../../ports/engine.ts';
import type { ChatForm } from '../chat/chat-form.ts';
import { createPlainReader } from '../chat/plain-reader.ts';
import { createChatPrompt } from './chat-prompt.ts';
import { EngineFailure } from '../engine-failure.ts';
import { firstFitting, shorterChats } from '../../../shorter-chats.ts';
import { createBoundPrompt, type FitOptions, longestTokenOf } from './prompt-bound.ts';
import { cutMiddle } from './token-window.ts';
import { told } from '../../../../../errors/told.ts';

/** Prompts in the form that their model evaluates. */
export interface PromptForms {
  of(prompt: Prompt): ChatForm;
  /** Within so many tokens, of which at least one is for the answer. Fails with `context_too_long` when it may not be cut. */
  fitted(prompt: Prompt, options: FitOptions): FittedForm;
}

export interface FittedForm extends ChatForm {
  /** How many of the first tokens stay when the answer fills the context; null where it ends there. */
  keep: number | null;
}

export function createPromptForms(model: LlamaModel): PromptForms {
  const chatForm = createChatPrompt(model);
  const bound = createBoundPrompt({
    longestToken: longestTokenOf(model),
    countTokens: (text) => model.tokenize(text).length,
  });

  function of(prompt: Prompt): ChatForm {
    if (prompt.type === 'chat') return chatForm(prompt);
    return plainForm(prompt.type === 'text' ? textTokens(model, prompt) : infillTokens(model, prompt));
  }

  /** Without as few of the oldest messages as make it fit: found by halving, since rendering is slow. */
  function withoutOldest(chat: ChatPrompt, contextTokens: number): ChatForm | undefined {
    const fits = (candidate: () => ChatPrompt): boolean => chatForm(candidate()).tokens.length < contextTokens;
    const found = firstFitting(shorterChats(chat), fits);
    return found && chatForm(found());
  }

  function shortened(prompt: Prompt, { contextTokens, overflow }: FitOptions): ChatForm | undefined {
    if (overflow.type !== 'cut-middle') {
      return overflow.type === 'drop-messages' && prompt.type === 'chat'
        ? withoutOldest(prompt, contextTokens)
        : undefined;
    }
    if (prompt.type === 'infill') return plainForm(infillTokens(model, prompt, Math.floor(contextTokens / 2)));
    const form = of(prompt);
    return { ...form, tokens: cutMiddle(form.tokens, { keep: kept(form, overflow), size: contextTokens }) };
  }

  /** The token that begins every text stays in any case. */
  function kept({ tokens }: ChatForm, { keep }: { keep: number }): number {
    return Math.max(keep, tokens[0] === model.tokens.bos ? 1 : 0);
  }

  return {
    of,
    fitted(asked, options) {
      const { contextTokens, overflow } = options;
      const prompt = bound(asked, options);
      const whole = of(prompt);
      const form = whole.tokens.length < contextTokens ? whole : shortened(prompt, options);
      if (form === undefined || form.tokens.length >= contextTokens) {
        const detail = told`The prompt has ${whole.tokens.length} tokens; at most ${contextTokens - 1} fit.`;
        throw new EngineFailure('context_too_long', detail);
      }
      // What fills a gap must not lose sight of it.
      const goesOn = overflow.type === 'cut-middle' && prompt.type !== 'infill';
      return { ...form, keep: goesOn ? kept(form, overflow) : null };
    },
  };
}

function plainForm(tokens: number[]): ChatForm {
  return { tokens, endTokens: new Set(), shownTokens: new Set(), grammar: null, createReader: createPlainReader };
}

function textTokens(model: LlamaModel, { pieces }: TextPrompt): number[] {
  const tokens = pieces.flatMap((piece, index) => {
    if ('tokens' in piece) return checked(model, piece.tokens);
    return tokenize(model, piece.text, { special: piece.special, begins: index === 0 });
  });
  return withBeginning(model, tokens);
}

/** Of texts that are too long together, what is near the gap: at most a quarter is after it. */
function infillTokens(model: LlamaModel, { before, after }: InfillPrompt, size = Infinity): number[] {
  const { prefix, middle, suffix } = model.tokens.infill;
  if (prefix === null || middle === null || suffix === null) {
    throw new EngineFailure(
      'model_incapable',
      told`This model does not support insert: it was not trained to fill gaps.`,
    );
  }
  const text = (part: string): number[] => tokenize(model, part, { special: false, begins: false });
  const following = text(after).slice(0, Math.floor(size / 4));
  const preceding = text(before);
  const start = Math.max(0, preceding.length - Math.max(0, size - following.length));
  return withBeginning(model, [prefix, ...preceding.slice(start), suffix, ...following, middle]);
}

function tokenize(
  model: LlamaModel,
  text: string,
  { special, begins }: { special: boolean; begins: boolean },
): number[] {
  return begins ? model.tokenize(text, special) : model.tokenize(text, special, 'trimLeadingSpace');
}

/** With the token that begins every text of the model; of nothing at all nothing could follow. */
function withBeginning({ tokens: { bos, eos, shouldPrependBosToken } }: LlamaModel, tokens: number[]): number[] {
  if (bos !== null && shouldPrependBosToken && tokens[0] !== bos) return [bos, ...tokens];
  return tokens.length > 0 ? tokens : [bos ?? eos ?? 0];
}

/** Throws `invalid_format` for a number that is no token of the model. */
export function checked(model: LlamaModel, tokens: readonly number[]): readonly number[] {
  const size = model.fileInfo.metadata.tokenizer.ggml.tokens.length;
  if (tokens.every((token) => Number.isInteger(token) && token >= 0 && token < size)) return tokens;
  throw new EngineFailure('invalid_format', told`There is a number that is no token of this model.`);
}
