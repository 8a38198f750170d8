import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { buildApp } from '../../src/app.ts';
import { createUsableModels } from '../../src/core/completions/usable-models.ts';
import { createLanguageModels } from '../../src/core/language-models/create-language-models.ts';
import { createModelLibrary } from '../../src/core/model-library/create-model-library.ts';
import { AppError } from '../../src/errors/app-error.ts';
import type { Principal } from '../../src/models/principal.ts';
import type { Engine, LoadedModel } from '../../src/ports/engine.ts';
import { modelRoutes } from '../../src/routes/ollama/models/models.ts';
import { ollamaScope } from '../../src/routes/ollama/ollama-scope.ts';
import type { Behaviour } from './flaky-server.ts';
import { openModelMachine } from './model-machine.ts';
import { ana } from './principals.ts';

const principals: Readonly<Record<string, Principal>> = {
  ana,
  admin: { ...ana, userId: 'usr_admin', username: 'admin', scopes: ['ask', 'admin'] },
  limited: { ...ana, userId: 'usr_limited', models: ['mario'] },
  ingester: { ...ana, scopes: ['ingest'] },
};

export interface ModelAppOptions {
  hub?: Behaviour;
  /** The configured model. */
  language?: string;
  /** What the engine says is loaded. */
  loaded?: readonly Partial<LoadedModel>[];
}

const usualLoaded: LoadedModel = {
  model: 'nano',
  adapter: null,
  slots: 1,
  busy: 0,
  waiting: 0,
  bytes: null,
  contextTokens: null,
  expiresAt: null,
};

/** Ollama's management of models over real files and a real database, with an engine that only tells what is loaded. */
export async function openModelApp({ hub, language = 'nano', loaded = [] }: ModelAppOptions = {}) {
  const machine = await openModelMachine(hub === undefined ? {} : { hub });
  const { files, personas, blobs } = machine;
  const names = { language, embedding: null, rerank: null };
  const models = createLanguageModels({ files, names, offline: false });
  const unloaded: string[] = [];
  const engine: Pick<Engine, 'status' | 'load'> = {
    status: async () => ({
      state: 'ok',
      reason: null,
      loaded: loaded.map((one) => ({ ...usualLoaded, ...one })),
      waiting: 0,
      queues: [],
    }),
    load: async (model, { keepAliveMs }) => void (keepAliveMs === 0 && unloaded.push(model)),
  };
  const library = createModelLibrary({
    files,
    personas,
    usable: createUsableModels({ files, models, personas }),
    models,
    engine,
    configured: [language],
  });
  const app = await buildApp({
    authenticate: async (authorization = '') => {
      const principal = principals[authorization.replace('Bearer ', '')];
      if (principal === undefined) throw new AppError('unauthenticated');
      return principal;
    },
    routes: [ollamaScope(modelRoutes({ library, personas, blobs }))],
    logLevel: 'silent',
  });

  async function call(
    method: InjectOptions['method'] & string,
    url: string,
    { body, as = 'admin' }: { body?: unknown; as?: string } = {},
  ): Promise<LightMyRequestResponse> {
    const isRaw = typeof body === 'string' || Buffer.isBuffer(body);
    return app.inject({
      method: method as 'GET',
      url,
      headers: { authorization: `Bearer ${as}` },
      ...(body === undefined ? {} : { payload: isRaw ? body : JSON.stringify(body) }),
    });
  }

  return {
    machine,
    app,
    unloaded,
    call,
    post: (url: string, body: unknown, as = 'admin') => call('POST', url, { body, as }),
    async [Symbol.asyncDispose]() {
      await app.close();
      await machine[Symbol.asyncDispose]();
    },
  };
}
