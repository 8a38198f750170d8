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
  /** Tokens of context to use for answers. */
  contextTokens: number;
  /** Tokens of sources in a prompt; small models answer better from few. */
  sourceTokens: number;
  /** Prefixes an embedding model was trained with. */
  queryPrefix: string;
  passagePrefix: string;
}

export interface SamplingOptions {
  /** 0 is greedy. */
  temperature: number;
  topP: number;
  topK: number;
  seed: number | null;
  maxTokens: number;
  stop: readonly string[];
}

export interface ChatMessage {
  role: 'system' | 'user' | 'assistant';
  text: string;
}

export interface TokenUsage {
  promptTokens: number;
  /** Of the prompt tokens, how many were in the cache of the slot already. */
  cachedTokens: number;
  completionTokens: number;
}
