import type { Language } from '../../models/language.ts';
import {
  greedySampling,
  type ChatMessage,
  type ModelProfile,
  type SamplingOptions,
} from '../../models/language-model.ts';
import type { EndUser, Principal } from '../../models/principal.ts';

/** What is asked, and how. */
export interface Question {
  text: string;
  /** Default: all that may be seen. */
  collections?: readonly string[] | undefined;
  /** Default: a new conversation. */
  conversationId?: string | undefined;
  /** The turns before, oldest first, when the caller keeps the conversation: then nothing of it is stored here. */
  history?: readonly ChatMessage[] | undefined;
  /** Default: the configured model. */
  model?: string | undefined;
  /** The model to answer with, which the caller is known to be allowed; instead of `model`. */
  profile?: ModelProfile | undefined;
  /** The digest of an adapter over that model; by default of the one that training put in force. */
  adapter?: string | undefined;
  /** Default: that of the question. */
  language?: Language | undefined;
  sampling?: Partial<SamplingOptions> | undefined;
  /** The end user a backend speaks for. */
  actAs?: EndUser | undefined;
}

export interface AskContext {
  principal: Principal;
  /** An abort ends the answer, frees the engine and stores nothing. */
  signal: AbortSignal;
}

/** Greedy: the same question gets the same answer. */
export const defaultSampling: SamplingOptions = { ...greedySampling, maxTokens: 512 };

/** The sampling asked for over the defaults; fields given as undefined do not count. */
export function samplingFor(asked: Partial<SamplingOptions> = {}): SamplingOptions {
  const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
  return { ...defaultSampling, ...given };
}
