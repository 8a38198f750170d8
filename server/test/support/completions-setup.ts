import type { Ask } from '../../src/core/ask/ask.ts';
import type { Question } from '../../src/core/ask/question.ts';
import type {
  CallContext,
  CompletionPart,
  CompletionRequest,
  Completions,
} from '../../src/core/completions/completions.ts';
import type { Insights } from '../../src/core/insights/insights.ts';
import { createCompletions } from '../../src/core/completions/create-completions.ts';
import { createMaestro, type MaestroRoutes } from '../../src/core/completions/maestro.ts';
import {
  createLanguageModels,
  type LanguageModelsOptions,
} from '../../src/core/language-models/create-language-models.ts';
import { AppError } from '../../src/errors/app-error.ts';
import type { Answer } from '../../src/models/answer.ts';
import {
  greedySampling,
  type ModelParameters,
  type ModelProfile,
  type TokenUsage,
} from '../../src/models/language-model.ts';
import type { Persona } from '../../src/models/persona.ts';
import type { Principal } from '../../src/models/principal.ts';
import { openMemoryCache } from '../../src/services/cache/memory-cache.ts';
import { bundledModel } from './ask-setup.ts';
import { ana } from './principals.ts';
import { createScriptedEngine, type EngineScript, type ScriptedEngine } from './scripted-engine.ts';

export const plainPersona: Persona = {
  name: 'mario:latest',
  base: 'nano',
  adapter: null,
  system: 'Você é o Mario.',
  template: null,
  parameters: {},
  messages: [],
  licence: [],
  knowledge: null,
  pinned: false,
  insights: false,
  createdAt: new Date(0),
  updatedAt: new Date(0),
};

const embeddingModel: ModelProfile = { ...bundledModel, name: 'small', kind: 'embedding', capabilities: ['embedding'] };
const ranker: ModelProfile = { ...bundledModel, name: 'ranker', kind: 'reranker', capabilities: ['rerank'] };
const installed: readonly ModelProfile[] = [
  { ...bundledModel, capabilities: ['completion', 'tools'] },
  { ...bundledModel, name: 'medium' },
  { ...bundledModel, name: 'large' },
  { ...bundledModel, name: '/models/own.gguf' },
  embeddingModel,
  ranker,
];

export interface CompletionsSetup {
  completions: Completions;
  engine: ScriptedEngine;
  charged: { model: string; usage: TokenUsage }[];
  /** What was asked of the documents. */
  questions: Question[];
  collect(request: CompletionRequest, context?: Partial<CallContext>): Promise<CompletionPart[]>;
}

export interface CompletionsSetupOptions {
  script?: EngineScript;
  personas?: readonly Persona[];
  /** The adapters in force, by model. */
  adapters?: Readonly<Record<string, string>>;
  routes?: MaestroRoutes;
  answer?: Partial<Answer>;
  /** What computes over tables in prompts. */
  insights?: Insights['answer'];
  tokensLeft?: boolean;
  /** What is recommended for `nano`. */
  parameters?: ModelParameters;
}

/** Completions over a scripted engine, models that are just names, and an `ask` that gives one answer. */
export function setUpCompletions(options: CompletionsSetupOptions = {}): CompletionsSetup {
  const { personas = [], routes, answer = {}, tokensLeft = true, parameters = {} } = options;
  const engine = createScriptedEngine({ generate: () => ({ deltas: ['Olá', '!'] }), ...options.script });
  const charged: CompletionsSetup['charged'] = [];
  const questions: Question[] = [];
  const cache = openMemoryCache({ now: Date.now });
  const completions = createCompletions({
    engine,
    ask: oneAnswer(answer, questions),
    insights: { answer: options.insights ?? (() => Promise.reject(new Error('unexpected call: insights'))) },
    models: createLanguageModels({
      files: filesOf(installed.map((model) => (model.name === 'nano' ? { ...model, parameters } : model))),
      names: { language: 'nano', embedding: 'small', rerank: 'ranker' },
      offline: true,
    }),
    adapters: { over: async ({ name }) => options.adapters?.[name] },
    personas: { find: async (name) => personas.find((persona) => persona.name === name.toLowerCase()) },
    maestro: routes === undefined ? undefined : createMaestro({ routes, cache }),
    now: () => new Date('2026-03-10T12:00:00Z'),
    metering: {
      async assertTokensLeft() {
        if (!tokensLeft) throw new AppError('quota_exceeded');
      },
      charge: async (_principal, used) => void charged.push(used),
    },
  });
  return {
    completions,
    engine,
    charged,
    questions,
    async collect(request, context = {}) {
      const parts: CompletionPart[] = [];
      for await (const part of completions.complete(request, { ...usualContext, ...context })) parts.push(part);
      return parts;
    },
  };
}

export const usualContext: CallContext = { principal: ana, signal: new AbortController().signal };

export function contextOf(principal: Partial<Principal>): CallContext {
  return { ...usualContext, principal: { ...ana, ...principal } };
}

/** A chat of one question. */
export function chat(model: string, text: string, changes: Partial<CompletionRequest> = {}): CompletionRequest {
  return {
    model,
    prompt: { type: 'chat', messages: [{ role: 'user', text }] },
    sampling: {},
    usual: greedySampling,
    ...changes,
  };
}

function filesOf(profiles: readonly ModelProfile[]): LanguageModelsOptions['files'] {
  const find = (name: string): ModelProfile | undefined =>
    profiles.find((profile) => profile.name === name.replace(/:latest$/, ''));
  return {
    async profile(name) {
      const profile = find(name);
      if (profile === undefined) throw new AppError('model_unknown');
      return profile;
    },
    isInstalled: async (name) => find(name) !== undefined,
    download: unexpected('download'),
    list: unexpected('list'),
  };
}

const unexpected = (call: string) => (): never => {
  throw new Error(`unexpected call: ${call}`);
};

function oneAnswer(changes: Partial<Answer>, questions: Question[]): Ask {
  const answer: Answer = {
    id: 'ans_1',
    conversationId: null,
    answered: true,
    mode: 'generated',
    text: 'São 12 dias úteis [1].',
    citations: [],
    sentences: [],
    refusal: null,
    nearest: [],
    language: 'pt',
    model: 'nano',
    usage: { promptTokens: 50, cachedTokens: 0, completionTokens: 9 },
    timings: { retrieveMs: 1, firstTokenMs: 2, totalMs: 3 },
    trace: { rewrite: null, retrieval: { degraded: null, passages: [] }, gate: null, budget: null, fallback: null },
    ...changes,
  };
  return {
    async *ask(question) {
      questions.push(question);
      yield { type: 'sources', sources: [] };
      yield { type: 'finish', answer, replace: false };
    },
    answer: async () => answer,
  };
}
