import type { ModelProfile } from '../../src/models/language-model.ts';
import type { Engine, LoadedModel } from '../../src/ports/engine.ts';
import type { LanguageModels } from '../../src/core/language-models/language-models.ts';

export function modelProfile(name: string, overrides: Partial<ModelProfile> = {}): ModelProfile {
  return {
    name,
    kind: 'embedding',
    source: '/models/small.gguf',
    sha256: null,
    bytes: null,
    licence: 'MIT',
    capabilities: ['embedding'],
    description: { pt: '', en: '' },
    contextTokens: 512,
    parameters: {},
    sourceTokens: 512,
    queryPrefix: 'query: ',
    passagePrefix: 'passage: ',
    ...overrides,
  };
}

/** Which models are there; change the fields while a test runs. */
export interface InstalledModels extends Pick<LanguageModels, 'forEmbedding' | 'forReranking'> {
  embedding: ModelProfile | undefined;
  reranking: ModelProfile | undefined;
}

export function installedModels(embedding?: ModelProfile, reranking?: ModelProfile): InstalledModels {
  return {
    embedding,
    reranking,
    async forEmbedding() {
      return this.embedding;
    },
    async forReranking() {
      return this.reranking;
    },
  };
}

/** A model in memory that nobody uses. */
export const loadedModel: LoadedModel = {
  model: 'nano',
  adapter: null,
  slots: 4,
  busy: 0,
  waiting: 0,
  bytes: null,
  contextTokens: null,
  expiresAt: null,
};

const unexpected = (call: string) => (): never => {
  throw new Error(`unexpected call: ${call}`);
};

/** An engine that does what the test says and nothing else. */
export function scriptedEngine(script: Partial<Pick<Engine, 'embed' | 'rerank'>> = {}): Engine {
  return {
    traits: { kind: 'scripted', tokenizes: false, ignores: [] },
    generate: unexpected('generate'),
    embed: unexpected('embed'),
    rerank: unexpected('rerank'),
    countTokens: unexpected('countTokens'),
    tokenize: unexpected('tokenize'),
    detokenize: unexpected('detokenize'),
    load: unexpected('load'),
    status: unexpected('status'),
    async [Symbol.asyncDispose]() {},
    ...script,
  };
}
