import type { Citation } from '../../models/answer.ts';
import type {
  ChatMessage,
  OutputFormat,
  SamplingOptions,
  Thinking,
  Tool,
  ToolChoice,
} from '../../models/language-model.ts';
import type { Principal } from '../../models/principal.ts';
import type { GeneratePart, Overflow } from '../../ports/engine.ts';

/**
 * What the dialects of other products are translated to: models, personas and routes by name, for callers who may use
 * them, counted against their quotas. All methods throw `model_unknown` for a name that stands for nothing, `forbidden`
 * for a model that the key may not use, `quota_exceeded`, and what the engine throws.
 */
export interface Completions {
  /** Begins with `start`, ends with `finish`. What fails before `start` failed before any work was done. */
  complete(request: CompletionRequest, context: CallContext): AsyncIterable<CompletionPart>;
  embed(request: EmbeddingRequest, context: CallContext): Promise<Embeddings>;
  /** Relevance in 0..1 of each text, in order, by the named or the configured reranker. */
  rerank(request: RerankRequest, context: CallContext): Promise<Relevances>;
  /** Tokens of the text, in which nothing is a special token. */
  tokenize(request: { model: string; text: string }, context: CallContext): Promise<number[]>;
  detokenize(request: { model: string; tokens: readonly number[] }, context: CallContext): Promise<string>;
  /** How long a prompt is for the model, in tokens, with the form that its template adds. */
  countPrompt(request: Pick<CompletionRequest, 'model' | 'prompt'>, context: CallContext): Promise<number>;
  /** Loads the model, or lets it go when `keepAliveMs` is 0. */
  load(request: { model: string; keepAliveMs: number | null }, context: CallContext): Promise<void>;
}

export interface CallContext {
  principal: Principal;
  /** An abort ends the work and frees the engine. */
  signal: AbortSignal;
}

export interface CompletionRequest {
  /** A model, a persona or a route, as the caller wrote it. */
  model: string;
  prompt: CompletionPrompt;
  /** What the caller asked for; the persona's parameters and then `usual` stand behind it. */
  sampling: Partial<SamplingOptions>;
  /** What the dialect promises where nobody says anything. */
  usual: SamplingOptions;
  format?: OutputFormat | undefined;
  topLogprobs?: number | undefined;
  contextTokens?: number | undefined;
  /** By default `reject`. */
  overflow?: Overflow | undefined;
  keepAliveMs?: number | null | undefined;
  /** The finish tells the tokens of prompt and completion. */
  returnTokens?: boolean | undefined;
  priority?: 'interactive' | 'batch' | undefined;
  /** Calls with the same one get the same model of a route. */
  conversation?: string | undefined;
}

export type CompletionPrompt =
  | {
      type: 'chat';
      messages: readonly ChatMessage[];
      tools?: readonly Tool[] | undefined;
      toolChoice?: ToolChoice | undefined;
      think?: Thinking | null | undefined;
    }
  /** One question, around which the persona's words and the template go. */
  | {
      type: 'question';
      text: string;
      images?: readonly string[] | undefined;
      /** Instead of the persona's. */
      system?: string | undefined;
      template?: string | undefined;
      /** Tokens of the conversation so far, as an earlier finish told them. */
      before?: readonly number[] | undefined;
      think?: Thinking | null | undefined;
    }
  /** As it is: special tokens in it are special. */
  | { type: 'raw'; text: string }
  | { type: 'infill'; before: string; after: string };

export type CompletionPart =
  | { type: 'start'; model: ChosenModel }
  | { type: 'citations'; citations: readonly Citation[] }
  | GeneratePart;

/** What answers, and why. */
export interface ChosenModel {
  /** The model that the engine runs. */
  name: string;
  /** The name of the persona, if one was asked for. */
  persona: string | null;
  /** How the route chose, if it did. */
  route: { difficulty: 'simple' | 'medium' | 'complex'; reasons: readonly string[] } | null;
}

export interface EmbeddingRequest {
  model: string;
  texts: readonly string[];
  /** Vectors are cut to so many dimensions and made unit-length again. */
  dimensions?: number | undefined;
  /** false: a text longer than the model's window rejects with `context_too_long`. */
  truncate?: boolean | undefined;
  keepAliveMs?: number | null | undefined;
}

export interface Embeddings {
  vectors: readonly Float32Array[];
  promptTokens: number;
}

export interface RerankRequest {
  model?: string | undefined;
  query: string;
  texts: readonly string[];
}

export interface Relevances {
  model: string;
  scores: readonly number[];
  promptTokens: number;
}
