import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { buildApp } from '../../src/app.ts';
import { createUsableModels } from '../../src/core/completions/usable-models.ts';
import type { Deed } from '../../src/core/audit/audit-trail.ts';
import { createLanguageModels } from '../../src/core/language-models/create-language-models.ts';
import { createModelCare } from '../../src/core/model-library/create-model-care.ts';
import { createModelLibrary } from '../../src/core/model-library/create-model-library.ts';
import { AppError } from '../../src/errors/app-error.ts';
import type { Principal } from '../../src/models/principal.ts';
import type { Engine, LoadedModel } from '../../src/ports/engine.ts';
import { modelCareRoutes } from '../../src/routes/models.ts';
import { modelRoutes } from '../../src/routes/ollama/models/models.ts';
import { ollamaScope } from '../../src/routes/ollama/ollama-scope.ts';
import { personaRoutes } from '../../src/routes/personas.ts';
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
  /** Never downloads. */
  offline?: boolean;
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
export async function openModelApp({ hub, language = 'nano', loaded = [], offline = false }: ModelAppOptions = {}) {
  const machine = await openModelMachine({ offline, ...(hub === undefined ? {} : { hub }) });
  const { files, personas, blobs } = machine;
  const names = { language, embedding: null, rerank: null };
  const models = createLanguageModels({ files, names, offline: false });
  const unloaded: string[] = [];
  const loads: string[] = [];
  const deeds: Deed[] = [];
  const engine: Pick<Engine, 'status' | 'load'> = {
    status: async () => ({
      state: 'ok',
      reason: null,
      loaded: loaded.map((one) => ({ ...usualLoaded, ...one })),
      waiting: 0,
      queues: [],
    }),
    load: async (model, { keepAliveMs }) => void (keepAliveMs === 0 ? unloaded : loads).push(model),
  };
  const library = createModelLibrary({
    files,
    personas,
    usable: createUsableModels({ files, models, personas }),
    models,
    engine,
    configured: [language],
  });
  const adapters = { over: async () => undefined };
  const care = createModelCare({ files, models, personas, adapters, engine });
  const app = await buildApp({
    authenticate: async (authorization = '') => {
      const principal = principals[authorization.replace('Bearer ', '')];
      if (principal === undefined) throw new AppError('unauthenticated');
      return principal;
    },
    note: async (deed) => void deeds.push(deed),
    routes: [
      ollamaScope(modelRoutes({ library, personas, blobs })),
      modelCareRoutes({ care, library }),
      personaRoutes(personas),
    ],
    logLevel: 'silent',
  });

  async function call(
    method: InjectOptions['method'] & string,
    url: string,
    { body, as = 'admin', type }: { body?: unknown; as?: string; type?: string } = {},
  ): Promise<LightMyRequestResponse> {
    const isRaw = typeof body === 'string' || Buffer.isBuffer(body);
    return app.inject({
      method: method as 'GET',
      url,
      headers: { authorization: `Bearer ${as}`, ...(type === undefined ? {} : { 'content-type': type }) },
      ...(body === undefined ? {} : { payload: isRaw ? body : JSON.stringify(body) }),
    });
  }

  return {
    machine,
    app,
    unloaded,
    loads,
    /** What the audit trail was told. */
    deeds,
    call,
    post: (url: string, body: unknown, as = 'admin') => call('POST', url, { body, as }),
    async [Symbol.asyncDispose]() {
      await app.close();
      await care[Symbol.asyncDispose]();
      await machine[Symbol.asyncDispose]();
    },
  };
}
