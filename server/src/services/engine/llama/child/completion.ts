import type { GenerateResult } from '../messages.ts';
import type { NativeSampler } from './native-context.ts';
import { createPromptLookup, type PromptLookup } from './prompt-lookup.ts';
import type { Slot } from './slots.ts';
import type { TextStream } from './text-stream.ts';

/** What an answer needs before it has a slot. */
export interface NewCompletion {
  readonly id: number;
  readonly prompt: readonly number[];
  readonly sampler: NativeSampler;
  readonly text: TextStream;
  readonly maxTokens: number;
  isEnd(token: number): boolean;
}

/** One answer being written. */
export interface Completion extends NewCompletion {
  readonly slot: Slot;
  readonly lookup: PromptLookup;
  /** Prompt and answer so far; what the slot holds is always a beginning of it. */
  readonly tokens: number[];
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
    tokens: [...options.prompt],
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

export function tokensWritten({ tokens, prompt }: Completion): number {
  return tokens.length - prompt.length;
}

export function resultOf(completion: Completion, reason: GenerateResult['reason']): GenerateResult {
  const now = performance.now();
  const promptDoneAt = completion.promptDoneAt ?? now;
  return {
    reason,
    usage: {
      promptTokens: completion.prompt.length,
      cachedTokens: completion.cached,
      completionTokens: tokensWritten(completion),
    },
    promptMs: promptDoneAt - completion.startedAt,
    generateMs: now - promptDoneAt,
  };
}
