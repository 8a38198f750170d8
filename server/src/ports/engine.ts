import type { Told } from '../errors/told.ts';
import type {
  ChatMessage,
  OutputFormat,
  SamplingOptions,
  Thinking,
  TokenLogprob,
  TokenUsage,
  Tool,
  ToolCall,
  ToolChoice,
} from '../models/language-model.ts';

/**
 * Runs models. Names are those of `ports/model-files.ts`; a model is loaded when first used.
 * Every method rejects with `model_unavailable` when the model's file is not there, with `model_incapable` when the model
 * cannot do what is asked, and with `engine_failed` when the engine dies under the call; the next call works again
 * without anyone's help.
 */
export interface Engine extends AsyncDisposable {
  readonly traits: EngineTraits;
  /**
   * Streams a completion. So many calls of one model run at once; a bounded number waits, callers in turn, interactive
   * ones first: beyond that the call rejects with `overloaded`, `retryAfterSeconds` and the place it would have had. An
   * abort of the signal ends the stream with the signal's reason and frees the slot within a second. Rejects with
   * `context_too_long` when the prompt does not fit and may not be cut, with `invalid_format` for a schema or grammar
   * that nothing can satisfy.
   */
  generate(request: GenerateRequest, options: CallOptions): AsyncIterable<GeneratePart>;
  /**
   * One unit-length vector per text, in order; prefixes are the caller's. A text longer than the window of the model is
   * embedded in windows whose vectors are averaged, up to 64 of them: beyond that it rejects with `context_too_long`. A
   * text without tokens gets zeros. Rejects with `model_unknown` when the model does not embed.
   */
  embed(model: string, texts: readonly string[], options: CallOptions): Promise<Float32Array[]>;
  /** One relevance in 0..1 per text, in order; of a text longer than the window, that of its best part. */
  rerank(request: { model: string; query: string; texts: readonly string[] }, options: CallOptions): Promise<number[]>;
  /**
   * Tokens of each text, without special tokens, or of each prompt, with the form that the model's template adds; an
   * estimate that is rather too high where `traits.tokenizes` is false.
   */
  countTokens(model: string, texts: readonly (string | Prompt)[]): Promise<number[]>;
  /**
   * The tokens of a text, in which nothing is a special token, or those that \`generate\` would evaluate for a prompt: in a
   * chat, what the template adds is special, and nothing in a message is. Rejects with \`model_incapable\` without
   * \`traits.tokenizes\`, and where a server keeps the form of its prompts to itself.
   */
  tokenize(model: string, text: string | Prompt): Promise<number[]>;
  /** The text of tokens, special ones included. Rejects with `model_incapable` without `traits.tokenizes`. */
  detokenize(model: string, tokens: readonly number[]): Promise<string>;
  /**
   * Loads the model, or, with `keepAliveMs` 0, unloads it as soon as no call uses it: with the adapter alone, or without
   * one and with all that are over it. Resolves when it is loaded, or at once when it is to go.
   */
  load(
    model: string,
    options: CallOptions & { adapter?: string | undefined; keepAliveMs: number | null },
  ): Promise<void>;
  /** What runs now. Never rejects. */
  status(): Promise<EngineStatus>;
}

export interface EngineTraits {
  readonly kind: string;
  /** Whether texts become tokens here, by the tokenizer of the model. */
  readonly tokenizes: boolean;
  /** Options of sampling that change nothing here. */
  readonly ignores: readonly (keyof SamplingOptions)[];
}

export interface CallOptions {
  signal: AbortSignal;
  /** Who waits: a caller with many calls does not keep others waiting. Without it all share one turn. */
  caller?: Caller | undefined;
}

export interface Caller {
  /** Of the key or the account; never shown to others. */
  id: string;
  /** `batch` waits until no `interactive` call does. */
  priority: 'interactive' | 'batch';
}

export interface GenerateRequest {
  model: string;
  prompt: Prompt;
  sampling: SamplingOptions;
  /** A LoRA adapter over the model: the digest `sha256:<hex>` of its GGUF file. */
  adapter?: string | undefined;
  format?: OutputFormat | undefined;
  /** Tells each token's probability, and those of so many others. */
  topLogprobs?: number | undefined;
  /** Tokens of prompt and completion together; by default, and at most, what the model is loaded with. */
  contextTokens?: number | undefined;
  /** What happens to a prompt that is too long. */
  overflow?: Overflow | undefined;
  /** The finish tells the tokens of prompt and completion. */
  returnTokens?: boolean | undefined;
  /**
   * How long the model stays loaded after its last use: Infinity for ever, 0 until nobody uses it, null as said before,
   * at first the usual. Models that are always wanted stay.
   */
  keepAliveMs?: number | null | undefined;
}

/**
 * - `reject`, the default: `context_too_long`.
 * - `drop-messages`: the oldest messages go, but system messages and the last one stay; when that is not enough: `reject`.
 * - `cut-middle`: the first `keep` tokens and the end stay; a completion that fills the context goes on, with the oldest
 *   half forgotten.
 */
export type Overflow = { type: 'reject' } | { type: 'drop-messages' } | { type: 'cut-middle'; keep: number };

export type Prompt = ChatPrompt | TextPrompt | InfillPrompt;

/** Messages, put into the form the model was trained on. */
export interface ChatPrompt {
  type: 'chat';
  messages: readonly ChatMessage[];
  /** Tokens of an earlier conversation, which the messages continue. */
  before?: readonly number[] | undefined;
  tools?: readonly Tool[] | undefined;
  toolChoice?: ToolChoice | undefined;
  /** null: as the model does by itself. */
  think?: Thinking | null | undefined;
}

/** Text as it is. Only in pieces that are `special` are special tokens recognised. */
export interface TextPrompt {
  type: 'text';
  pieces: readonly ({ text: string; special: boolean } | { tokens: readonly number[] })[];
}

/** What goes between two texts, for models trained to fill gaps. */
export interface InfillPrompt {
  type: 'infill';
  before: string;
  after: string;
}

export type GeneratePart =
  | { type: 'text-delta'; delta: string; logprobs?: readonly LogprobEntry[] }
  | { type: 'thinking-delta'; delta: string }
  | { type: 'tool-call'; call: ToolCall }
  | {
      type: 'finish';
      reason: 'stop' | 'length' | 'tool-calls';
      /** The stop string that ended it; undefined when none did, or the engine does not say. */
      stoppedBy?: string | undefined;
      usage: TokenUsage;
      timings: GenerateTimings;
      /** Of prompt and completion, when asked for. */
      tokens?: readonly number[];
    };

export interface LogprobEntry extends TokenLogprob {
  /** The likeliest others, likeliest first. */
  top: readonly TokenLogprob[];
}

export interface GenerateTimings {
  queueMs: number;
  loadMs: number;
  promptMs: number;
  generateMs: number;
}

export interface EngineStatus {
  state: 'ok' | 'degraded';
  /** Why it is degraded. */
  reason: Told | null;
  loaded: readonly LoadedModel[];
  waiting: number;
  /** One per model, and adapter over it, that is used or waited for. */
  queues: readonly ModelQueue[];
}

export interface ModelQueue {
  model: string;
  /** The digest of the adapter over the model. */
  adapter: string | null;
  /** Calls that may run at once; 0 while the model is being loaded. */
  slots: number;
  busy: number;
  /** In the order in which they will be served if nobody else comes. */
  waiting: readonly QueuedCall[];
}

export interface QueuedCall {
  /** Undefined for calls without a caller. */
  callerId: string | undefined;
  priority: Caller['priority'];
  waitedMs: number;
}

export interface LoadedModel {
  model: string;
  /** The digest of the adapter over the model: models with different adapters share their weights. */
  adapter: string | null;
  slots: number;
  busy: number;
  waiting: number;
  /** Weights and context, estimated; null where it is not known. */
  bytes: number | null;
  contextTokens: number | null;
  /** When it is unloaded if nobody uses it; null for never or unknown. */
  expiresAt: Date | null;
}
