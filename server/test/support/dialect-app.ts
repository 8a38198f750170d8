import type { LightMyRequestResponse } from 'fastify';
import { afterEach } from 'vitest';
import { buildApp } from '../../src/app.ts';
import type { UsableModels } from '../../src/core/completions/usable-models.ts';
import type { Personas } from '../../src/core/personas/personas.ts';
import type { TrainingFiles } from '../../src/core/training/training-files.ts';
import type { Training } from '../../src/core/training/training.ts';
import { AppError } from '../../src/errors/app-error.ts';
import type { Principal } from '../../src/models/principal.ts';
import type { ResponseStore } from '../../src/ports/response-store.ts';
import { anthropicRoutes } from '../../src/routes/anthropic/anthropic-routes.ts';
import { openAiRoutes } from '../../src/routes/openai/openai-routes.ts';
import type { App } from '../../src/routes/http/route.ts';
import { ana } from './principals.ts';
import { createScriptedCompletions, type CompletionsScript, type ScriptedCompletions } from './scripted-completions.ts';

const principals: Readonly<Record<string, Principal>> = {
  ana,
  bia: { ...ana, userId: 'usr_bia', username: 'bia' },
  ingester: { ...ana, scopes: ['ingest'] },
  trainer: { ...ana, scopes: ['train'] },
  otherTrainer: { ...ana, userId: 'usr_bia', username: 'bia', scopes: ['train'] },
};

export interface DialectApp extends AsyncDisposable {
  app: App;
  completions: ScriptedCompletions;
  /** As ana; `as` null sends no token. */
  call(method: 'GET' | 'POST' | 'DELETE' | 'PUT', url: string, options?: CallOptions): Promise<LightMyRequestResponse>;
  post(url: string, body: unknown, options?: CallOptions): Promise<LightMyRequestResponse>;
}

interface CallOptions {
  as?: string | null;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface DialectAppOptions extends CompletionsScript {
  models?: UsableModels;
  personas?: Pick<Personas, 'find'>;
  responses?: ResponseStore;
  training?: Training;
  trainingFiles?: TrainingFiles;
  admit?: () => Promise<void>;
}

const noon = new Date('2026-01-02T12:00:00Z');
export const noonSeconds = noon.getTime() / 1000;

/** The dialects of OpenAI and Anthropic over completions that a test writes; it is always noon. */
export async function openDialectApp({
  models = noModels,
  personas = noPersonas,
  responses = noResponses,
  training = noTraining,
  trainingFiles = noTrainingFiles,
  admit,
  ...script
}: DialectAppOptions = {}): Promise<DialectApp> {
  const completions = createScriptedCompletions(script);
  const app = await buildApp({
    authenticate: async (authorization = '') => {
      const principal = principals[authorization.replace('Bearer ', '')];
      if (principal === undefined) throw new AppError('unauthenticated');
      return principal;
    },
    ...(admit === undefined ? {} : { admit }),
    routes: [
      openAiRoutes({ completions, personas, models, responses, training, trainingFiles, now: () => noon }),
      anthropicRoutes({ completions }),
    ],
    logLevel: 'silent',
  });
  const call: DialectApp['call'] = async (method, url, { as = 'ana', body, headers = {} } = {}) =>
    app.inject({
      method,
      url,
      headers: {
        ...(as === null ? {} : { authorization: `Bearer ${as}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  return {
    app,
    completions,
    call,
    post: (url, body, options = {}) => call('POST', url, { ...options, body }),
    async [Symbol.asyncDispose]() {
      // A client keeps its connection for the next request, and closing would wait for it.
      app.server.closeAllConnections();
      await app.close();
    },
  };
}

/** Opens apps that close after each test. */
export function useDialectApps(usual: DialectAppOptions = {}): (options?: DialectAppOptions) => Promise<DialectApp> {
  const opened: DialectApp[] = [];
  afterEach(async () => {
    for (const app of opened.splice(0)) await app[Symbol.asyncDispose]();
  });
  return async (options = {}) => {
    const app = await openDialectApp({ ...usual, ...options });
    opened.push(app);
    return app;
  };
}

const noResponses: ResponseStore = {
  save: () => Promise.reject(new Error('unexpected call: save')),
  find: async () => undefined,
  delete: async () => false,
  deleteExpired: async () => undefined,
};
const unexpected = (): never => {
  throw new Error('unexpected call of training');
};
const noTraining: Training = {
  maxFileBytes: 2 ** 20,
  train: unexpected,
  get: unexpected,
  list: unexpected,
  watch: unexpected,
  cancel: unexpected,
  pause: unexpected,
  resume: unexpected,
  publish: unexpected,
  run: unexpected,
};
const noTrainingFiles: TrainingFiles = { add: unexpected, get: unexpected, list: unexpected, remove: unexpected };
const noPersonas: Pick<Personas, 'find'> = { find: async () => undefined };
const noModels: UsableModels = { list: async () => [], find: async () => undefined };

/** The JSON of the `data` lines of a stream, without the last one of OpenAI. */
export function dataOf(stream: string): Record<string, unknown>[] {
  return [...stream.matchAll(/^data: (\{.*\})$/gm)].map(([, json = '']) => JSON.parse(json) as Record<string, unknown>);
}
