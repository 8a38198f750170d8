import type { LlamaModel } from 'node-llama-cpp';
import type { ChatPrompt, InfillPrompt, Overflow, Prompt, TextPrompt } from '../../../../ports/engine.ts';
import type { ChatForm } from './chat/chat-form.ts';
import { createPlainReader } from './chat/plain-reader.ts';
import { createChatPrompt } from './chat-prompt.ts';
import { EngineFailure } from './engine-failure.ts';
import { shorterChats } from '../../shorter-chats.ts';
import { cutMiddle } from './token-window.ts';

/** A prompt in the form that its model evaluates. */
export interface PromptForms {
  of(prompt: Prompt): ChatForm;
  /** Within so many tokens, of which at least one is for the answer. Fails with `context_too_long` when it may not be cut. */
  fitted(prompt: Prompt, options: { contextTokens: number; overflow: Overflow }): ChatForm;
}

export function createPromptForms(model: LlamaModel): PromptForms {
  const chatForm = createChatPrompt(model);

  function of(prompt: Prompt): ChatForm {
    if (prompt.type === 'chat') return chatForm(prompt);
    return plainForm(prompt.type === 'text' ? textTokens(model, prompt) : infillTokens(model, prompt));
  }

  return {
    of,
    fitted(prompt, { contextTokens, overflow }) {
      const form = of(prompt);
      if (form.tokens.length < contextTokens) return form;
      if (overflow.type === 'cut-middle') return { ...form, tokens: cut(form.tokens, overflow.keep) };
      const shorter = overflow.type === 'drop-messages' && prompt.type === 'chat' ? shortened(prompt) : undefined;
      if (shorter !== undefined) return shorter;
      const detail = `The prompt has ${form.tokens.length} tokens; at most ${contextTokens - 1} fit.`;
      throw new EngineFailure('context_too_long', detail);

      function cut(tokens: readonly number[], keep: number): number[] {
        const begins = tokens[0] === model.tokens.bos ? 1 : 0;
        return cutMiddle(tokens, { keep: Math.max(keep, begins), size: contextTokens });
      }

      function shortened(chat: ChatPrompt): ChatForm | undefined {
        const candidates = shorterChats(chat);
        // The fewest messages are dropped that make it fit: found by halving, since rendering is slow.
        let [low, high] = [0, candidates.length];
        while (low < high) {
          const middle = (low + high) >> 1;
          const candidate = candidates[middle];
          if (candidate !== undefined && chatForm(candidate()).tokens.length < contextTokens) high = middle;
          else low = middle + 1;
        }
        const found = candidates[low];
        return found && chatForm(found());
      }
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

function infillTokens(model: LlamaModel, { before, after }: InfillPrompt): number[] {
  const { prefix, middle, suffix } = model.tokens.infill;
  if (prefix === null || middle === null || suffix === null) {
    throw new EngineFailure('model_incapable', 'This model does not support insert: it was not trained to fill gaps.');
  }
  const text = (part: string): number[] => tokenize(model, part, { special: false, begins: false });
  return withBeginning(model, [prefix, ...text(before), suffix, ...text(after), middle]);
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

function checked(model: LlamaModel, tokens: readonly number[]): readonly number[] {
  const size = model.fileInfo.metadata.tokenizer.ggml.tokens.length;
  if (tokens.every((token) => Number.isInteger(token) && token >= 0 && token < size)) return tokens;
  throw new EngineFailure('invalid_format', 'There is a number that is no token of this model.');
}
