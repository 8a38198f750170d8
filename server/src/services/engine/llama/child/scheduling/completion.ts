import type { GenerateResult } from '../../messages.ts';
import type { Answer } from '../output/answer.ts';
import { createPromptLookup, type PromptLookup } from './prompt-lookup.ts';
import type { Sampler } from '../sampling/sampler.ts';
import type { Slot } from './slots.ts';
import { cutMiddle } from '../prompt/token-window.ts';

/** What an answer needs before it has a slot. */
export interface NewCompletion {
  readonly id: number;
  readonly prompt: readonly number[];
  readonly sampler: Sampler;
  readonly answer: Answer;
  readonly maxTokens: number;
  /** Tokens of prompt and answer that are in view at once. */
  readonly contextTokens: number;
  /** When the view is full: how many of the first tokens stay while older ones are forgotten; null to end there. */
  readonly keep: number | null;
  /** Whether the result tells the tokens of prompt and answer. */
  readonly returnTokens: boolean;
  /** Of a row whose answer is given and only to be weighed: the sum of that; null for an answer that is to be written. */
  readonly score: RowScore | null;
  isEnd(token: number): boolean;
}

/** Natural logarithms, summed over the tokens of an answer. */
export interface RowScore {
  nll: number;
  /** Where the answer begins in the row. */
  readonly answerStart: number;
}

/** One answer being written. */
export interface Completion extends NewCompletion {
  readonly slot: Slot;
  lookup: PromptLookup;
  /** What is evaluated before the next token can be drawn: the prompt, then what was kept when older was forgotten. */
  prompt: readonly number[];
  /**
   * After which token of the prompt the first one is drawn, or weighed: those before it may come from elsewhere, this one
   * is always evaluated.
   */
  drawsFrom: number;
  /** Tokens of the prompt as it came. */
  readonly promptTokens: number;
  /** Prompt and answer so far, or what is kept of them; what the slot holds is always a beginning of it. */
  tokens: number[];
  /** Tokens of the answer. */
  written: number;
  /** The token that ended the answer, if one did. */
  endToken: number | undefined;
  readonly startedAt: number;
  promptDoneAt: number | undefined;
  /** The number of its latest step. */
  steppedAt: number;
  /** Tokens of the prompt that were in the slot, or copied from another one. */
  cached: number;
  /** The answer whose evaluation of a shared beginning this one waits for, and how much is shared. */
  leader: { completion: Completion; shared: number } | undefined;
  /** Set when the answer is over: tells whoever asked, once the slot is free. */
  farewell: (() => void) | undefined;
}

export function createCompletion(options: NewCompletion, slot: Slot): Completion {
  return {
    ...options,
    slot,
    lookup: createPromptLookup(),
    drawsFrom: (options.score?.answerStart ?? options.prompt.length) - 1,
    promptTokens: options.prompt.length,
    tokens: [...options.prompt],
    written: 0,
    endToken: undefined,
    startedAt: performance.now(),
    promptDoneAt: undefined,
    steppedAt: 0,
    cached: 0,
    leader: undefined,
    farewell: undefined,
  };
}

/** Whether tokens of the prompt remain to be evaluated before the first one can be drawn. */
export function inPrompt({ slot, prompt }: Completion): boolean {
  return slot.tokens.length < prompt.length;
}

export function hasEnded({ farewell }: Completion): boolean {
  return farewell !== undefined;
}

/** Whether no further token can be evaluated. */
export function isFull({ tokens, contextTokens }: Completion): boolean {
  return tokens.length >= contextTokens;
}

/**
 * Makes room in a full view: the oldest half goes, but for what is to be kept. The rest is evaluated anew, since its state
 * holds what is forgotten; so the text goes on exactly as if what is kept were the prompt.
 */
export function forgetOldest(completion: Completion, keep: number): void {
  completion.tokens = cutMiddle(completion.tokens, { keep, size: completion.contextTokens });
  completion.prompt = [...completion.tokens];
  completion.drawsFrom = completion.prompt.length - 1;
  completion.lookup = createPromptLookup();
}

export function resultOf(completion: Completion, reason: GenerateResult['reason']): GenerateResult {
  const { tokens, endToken, returnTokens, answer } = completion;
  const now = performance.now();
  const promptDoneAt = completion.promptDoneAt ?? now;
  return {
    reason,
    stoppedBy: answer.stoppedBy,
    usage: {
      promptTokens: completion.promptTokens,
      cachedTokens: completion.cached,
      completionTokens: completion.written,
    },
    promptMs: promptDoneAt - completion.startedAt,
    generateMs: now - promptDoneAt,
    ...(returnTokens && { tokens: endToken === undefined ? tokens : [...tokens, endToken] }),
  };
}
