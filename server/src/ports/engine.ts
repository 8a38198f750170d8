import type { ChatMessage, SamplingOptions, TokenUsage } from '../models/language-model.ts';

/**
 * Runs models. Names are those of `ports/model-files.ts`; a model is loaded when first used.
 * Every method rejects with `model_unavailable` when the model's file is not there, and with `engine_failed` when the
 * engine dies under the call; the next call works again without anyone's help.
 */
export interface Engine extends AsyncDisposable {
  readonly traits: { readonly kind: string };
  /**
   * Streams the completion of a chat. At most `queue` calls wait for a slot: beyond that the call rejects with
   * `overloaded` and `retryAfterSeconds`. An abort of the signal ends the stream with the signal's reason and frees the
   * slot within a second. Rejects with `context_too_long` when the prompt does not fit.
   */
  generate(request: GenerateRequest, options: { signal: AbortSignal }): AsyncIterable<GeneratePart>;
  /**
   * One unit-length vector per text, in order; prefixes are the caller's. A text longer than the window of the model is
   * embedded in windows whose vectors are averaged, up to 64 of them: beyond that it rejects with `context_too_long`. A
   * text without tokens gets zeros. Rejects with `model_unknown` when the model does not embed.
   */
  embed(model: string, texts: readonly string[], options: { signal: AbortSignal }): Promise<Float32Array[]>;
  /** One relevance in 0..1 per text, in order; of a text longer than the window, that of its best part. */
  rerank(
    request: { model: string; query: string; texts: readonly string[] },
    options: { signal: AbortSignal },
  ): Promise<number[]>;
  /** Tokens of each text, by the tokenizer of the model, without special tokens. */
  countTokens(model: string, texts: readonly string[]): Promise<number[]>;
  /** What runs now. Never rejects. */
  status(): Promise<EngineStatus>;
}

export interface GenerateRequest {
  model: string;
  messages: readonly ChatMessage[];
  sampling: SamplingOptions;
}

export type GeneratePart =
  | { type: 'text-delta'; delta: string }
  | { type: 'finish'; reason: 'stop' | 'length'; usage: TokenUsage; timings: GenerateTimings };

export interface GenerateTimings {
  queueMs: number;
  loadMs: number;
  promptMs: number;
  generateMs: number;
}

export interface EngineStatus {
  state: 'ok' | 'degraded';
  /** Why it is degraded. */
  reason: string | null;
  loaded: readonly { model: string; slots: number; busy: number }[];
  waiting: number;
}
