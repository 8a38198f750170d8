import type { Capability, ModelProfile, SamplingOptions } from '../../../models/language-model.ts';
import type { GeneratePart, GenerateRequest, Prompt } from '../../../ports/engine.ts';

/** One server that runs models, spoken to in its own language. Models are called by the `id` that it lists. */
export interface RemoteServer {
  readonly kind: 'ollama' | 'llama-server' | 'openai';
  readonly tokenizes: boolean;
  /** Options of sampling that change nothing there. */
  readonly ignores: readonly (keyof SamplingOptions)[];
  /** Whether it can bring models that it does not have. */
  readonly pulls: boolean;
  models(signal: AbortSignal): Promise<RemoteModel[]>;
  /** Ends with a finish, whose `queueMs` is 0: who waits here is not its concern. */
  generate(request: GenerateRequest, signal: AbortSignal): AsyncIterable<GeneratePart>;
  /** Rejects with `context_too_long` when one of the texts does not fit into the window of the model. No text is empty. */
  embed(request: { model: string; texts: readonly string[] }, signal: AbortSignal): Promise<Float32Array[]>;
  /** In 0..1. Rejects with `context_too_long` when one of the texts does not fit. */
  rerank(request: RerankRequest, signal: AbortSignal): Promise<number[]>;
  countTokens(request: { model: string; texts: readonly (string | Prompt)[] }, signal: AbortSignal): Promise<number[]>;
  tokenize(request: { model: string; text: string | Prompt }, signal: AbortSignal): Promise<number[]>;
  detokenize(request: { model: string; tokens: readonly number[] }, signal: AbortSignal): Promise<string>;
  /** Loads or unloads, where the server can be told to. */
  load(request: { model: string; keepAliveMs: number | null }, signal: AbortSignal): Promise<void>;
  pull(model: string, options: PullOptions): Promise<void>;
  remove(model: string, signal: AbortSignal): Promise<void>;
}

export interface RerankRequest {
  model: string;
  query: string;
  texts: readonly string[];
}

export interface PullOptions {
  signal: AbortSignal;
  progress(bytesDone: number, bytesTotal: number | null): void;
}

/** A model that a server lists. What it does not say is null. */
export interface RemoteModel {
  id: string;
  /** Other names it is called by. */
  aliases: readonly string[];
  kind: ModelProfile['kind'];
  capabilities: readonly Capability[];
  /** Completions that the server runs at once. */
  slots: number;
  /** Tokens of prompt and completion together. */
  contextTokens: number | null;
  bytes: number | null;
  /** sha256, 64 hexadecimal digits. */
  digest: string | null;
  modifiedAt: Date | null;
  family: string | null;
  parameterSize: string | null;
  quantization: string | null;
  embeddingDimensions: number | null;
  template: string | null;
  loaded: { bytes: number | null; contextTokens: number | null; expiresAt: Date | null } | null;
}

/** What is said of a model of which only the name is known. */
export function unknownDetails(id: string) {
  const kind = guessKind(id);
  return {
    id,
    aliases: [],
    kind,
    capabilities: capabilitiesOf[kind],
    contextTokens: null,
    bytes: null,
    digest: null,
    modifiedAt: null,
    family: null,
    parameterSize: null,
    quantization: null,
    embeddingDimensions: null,
    template: null,
    loaded: null,
  } satisfies Omit<RemoteModel, 'slots'>;
}

const capabilitiesOf = { language: ['completion'], embedding: ['embedding'], reranker: ['rerank'] } as const;

/** Lists of compatible servers have names only. */
function guessKind(id: string): RemoteModel['kind'] {
  if (/rerank/i.test(id)) return 'reranker';
  return /embed|minilm|(^|[/_-])(e5|bge|gte)[-_]/i.test(id) ? 'embedding' : 'language';
}
