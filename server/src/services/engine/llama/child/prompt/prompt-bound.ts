import type { LlamaModel } from 'node-llama-cpp';
import type { ChatMessage } from '../../../../../models/language-model.ts';
import type { ChatPrompt, Overflow, Prompt } from '../../../../../ports/engine.ts';
import { EngineFailure } from '../engine-failure.ts';
import { charactersOf, charactersOfMessage, charactersOfValue } from './prompt-size.ts';
import { told } from '../../../../../errors/told.ts';

export interface FitOptions {
  contextTokens: number;
  overflow: Overflow;
}

/**
 * A prompt in which nothing is left that could not fit, whatever the template adds: rendering and tokenizing take longer
 * than linear time, and keep every other call waiting. What remains may still be too long. Fails with `context_too_long`
 * when something would have to go that must stay.
 */
export type BoundPrompt = <P extends Prompt>(prompt: P, options: FitOptions) => P;

/** Of the tokens of a text, and of a message in the form that the template gives it. */
export interface PromptCosts {
  /** Characters of the longest token. */
  longestToken: number;
  countTokens(text: string): number;
}

export function createBoundPrompt(costs: PromptCosts): BoundPrompt {
  return (prompt, options) => {
    const mostCharacters = options.contextTokens * costs.longestToken;
    if (options.overflow.type === 'cut-middle') {
      const cut = mapTexts(prompt, (text) => withoutMiddle(text, mostCharacters));
      // Thoughts, calls and tools are not cut.
      if (charactersOf(mapTexts(cut, () => '')) > mostCharacters) throw tooLong(options);
      return cut;
    }
    if (prompt.type === 'chat' && options.overflow.type === 'drop-messages') {
      return { ...prompt, messages: recentMessages(prompt, { ...costs, mostCharacters, options }) };
    }
    if (charactersOf(prompt) > mostCharacters) throw tooLong(options);
    return prompt;
  };
}

/** The number of characters that the longest token of the model stands for. */
export function longestTokenOf(model: LlamaModel): number {
  return model.fileInfo.metadata.tokenizer.ggml.tokens.reduce((longest, token) => Math.max(longest, token.length), 1);
}

function mapTexts<P extends Prompt>(prompt: P, change: (text: string) => string): P {
  switch (prompt.type) {
    case 'chat':
      return {
        ...prompt,
        messages: prompt.messages.map((message) => ({ ...message, text: change(message.text) })),
      };
    case 'text': {
      const pieces = prompt.pieces.map((piece) => ('text' in piece ? { ...piece, text: change(piece.text) } : piece));
      return { ...prompt, pieces };
    }
    case 'infill':
      return { ...prompt, before: change(prompt.before), after: change(prompt.after) };
    default:
      return prompt satisfies never;
  }
}

/** Both ends stay, each as long as all that could be seen. */
function withoutMiddle(text: string, mostCharacters: number): string {
  if (text.length <= 2 * mostCharacters) return text;
  return text.slice(0, mostCharacters).toWellFormed() + text.slice(-mostCharacters).toWellFormed();
}

interface RecentOptions extends PromptCosts {
  mostCharacters: number;
  options: FitOptions;
}

/** Of the messages that may go, those newest ones whose words alone would fit. */
function recentMessages({ messages, tools }: ChatPrompt, bound: RecentOptions): ChatPrompt['messages'] {
  const last = messages.length - 1;
  const mustStay = messages.map(({ role }, index) => role === 'system' || index === last);
  let tokens = bound.options.contextTokens;
  let characters = bound.mostCharacters - charactersOfValue(tools);
  const take = (message: ChatMessage): void => {
    characters -= charactersOfMessage(message);
    // A message takes one token at least: something says whose it is. What has too many characters need not be read.
    tokens -= characters < 0 ? 1 : 1 + bound.countTokens(message.text);
  };
  const isFull = (): boolean => tokens < 0 || characters < 0;
  for (const [index, message] of messages.entries()) if (mustStay[index] === true) take(message);
  if (isFull()) throw tooLong(bound.options);
  let first = messages.length;
  while (first > 0 && !isFull()) {
    first--;
    if (mustStay[first] === false) take(messages[first]!);
  }
  // The one that does not fit any more may stay, unless it is too long to be read: it is for the exact count to drop it.
  if (characters < 0) first++;
  return messages.filter((_, index) => index >= first || mustStay[index] === true);
}

function tooLong({ contextTokens }: FitOptions): EngineFailure {
  return new EngineFailure(
    'context_too_long',
    told`The prompt has far more than the ${contextTokens - 1} tokens that fit.`,
  );
}
