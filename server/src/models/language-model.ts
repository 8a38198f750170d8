/** A model known by name: where its file comes from and how to talk to it. */
export interface ModelProfile {
  name: string;
  kind: 'language' | 'embedding' | 'reranker';
  /** `https:` address or `bundled:<file>`; a path for a GGUF of one's own. */
  source: string;
  sha256: string | null;
  bytes: number | null;
  licence: string;
  /** What a person is told about it, in one sentence of each language. */
  description: { pt: string; en: string };
  capabilities: readonly Capability[];
  /** Tokens of context to use for answers. */
  contextTokens: number;
  /** Tokens of sources in a prompt; small models answer better from few. */
  sourceTokens: number;
  /** Prefixes an embedding model was trained with. */
  queryPrefix: string;
  passagePrefix: string;
  /** How it is best asked where nobody says otherwise. */
  parameters: ModelParameters;
}

/** By the names of Ollama's Modelfile: `temperature`, `stop`, `num_ctx`. */
export type ModelParameters = Readonly<Record<string, number | boolean | string | readonly string[]>>;

/** How the next token is drawn. What is off, and costs nothing, is in `greedySampling`. */
export interface SamplingOptions {
  /** 0 is greedy. */
  temperature: number;
  topP: number;
  /** 0: all. */
  topK: number;
  minP: number;
  /** 1: off. */
  typicalP: number;
  /** Over the last `repeatLastN` tokens, -1 for the whole context. */
  repeatPenalty: number;
  repeatLastN: number;
  presencePenalty: number;
  frequencyPenalty: number;
  /** What is added to the logit of a token, by its number; -100 or less forbids it. */
  logitBias: Readonly<Record<number, number>>;
  /** null: another text each time. */
  seed: number | null;
  maxTokens: number;
  stop: readonly string[];
}

/** Always the likeliest token. */
export const greedySampling: SamplingOptions = {
  temperature: 0,
  topP: 1,
  topK: 0,
  minP: 0,
  typicalP: 1,
  repeatPenalty: 1,
  repeatLastN: 64,
  presencePenalty: 0,
  frequencyPenalty: 0,
  logitBias: {},
  seed: null,
  maxTokens: 512,
  stop: [],
};

export interface ChatMessage {
  role: 'system' | 'user' | 'assistant' | 'tool';
  text: string;
  /** What the assistant thought before it spoke. */
  thinking?: string;
  toolCalls?: readonly ToolCall[];
  /** Of a message of the role `tool`: the call that it answers. */
  toolCallId?: string;
  toolName?: string;
  /** Pictures, base64. */
  images?: readonly string[];
}

/** A function that the model may ask the caller to run. */
export interface Tool {
  name: string;
  description: string;
  parameters: JsonSchema;
}

export interface ToolCall {
  id: string;
  name: string;
  arguments: Readonly<Record<string, unknown>>;
}

export type ToolChoice = 'auto' | 'none' | 'required' | { name: string };

export type JsonSchema = Readonly<Record<string, unknown>>;

/** The form that the text is forced into. */
export type OutputFormat =
  | { type: 'json' }
  | { type: 'json-schema'; schema: JsonSchema }
  /** A grammar in GBNF, whose first rule is `root`. */
  | { type: 'grammar'; grammar: string };

/** Whether a model that can think does, and how much. */
export type Thinking = boolean | 'low' | 'medium' | 'high' | 'max';

/** What a model can be asked for. */
export type Capability = 'completion' | 'tools' | 'insert' | 'vision' | 'embedding' | 'thinking' | 'rerank';

export interface TokenLogprob {
  token: string;
  /** Natural logarithm of the probability before sampling. */
  logprob: number;
  /** UTF-8 of the token: one token may be a part of a character. */
  bytes: readonly number[];
}

export interface TokenUsage {
  promptTokens: number;
  /** Of the prompt tokens, how many were in the cache of the slot already. */
  cachedTokens: number;
  completionTokens: number;
}
