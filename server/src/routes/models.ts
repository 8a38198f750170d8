import { modelListSchema, modelParamsSchema, modelSchema, type Model as ModelBody } from '@billumy/protocol';
import { z } from 'zod';
import type { ModelCare, ModelState } from '../core/model-library/model-care.ts';
import type { ModelLibrary } from '../core/model-library/model-library.ts';
import type { LoadedModel } from '../ports/engine.ts';
import { toDownloadBody } from './health.ts';
import { signalOf } from './http/in-flight.ts';
import type { App } from './http/route.ts';

export interface ModelRoutesPorts {
  care: ModelCare;
  library: Pick<ModelLibrary, 'remove'>;
}

const config = { access: { scope: 'admin' } } as const;
const tags = ['models'];

/** Everything under `/models`: what administrators do with the models of this installation. */
export function modelCareRoutes({ care, library }: ModelRoutesPorts): (app: App) => void {
  return (app) => {
    app.get(
      '/models',
      {
        config,
        schema: {
          tags,
          summary: 'Every model: whether it is here, loaded, or being downloaded',
          description: 'Those of the settings, of the catalogue and under personas.',
          response: { 200: modelListSchema },
        },
      },
      async () => ({ models: (await care.list()).map(toModelBody) }),
    );
    downloadRoutes(app, care);
    memoryRoutes(app, care);
    app.delete(
      '/models/:name',
      {
        config: { ...config, audit: 'model.delete' },
        schema: {
          tags,
          summary: 'Remove a persona, or the file of a model that nobody needs',
          params: modelParamsSchema,
          response: { 204: z.null() },
        },
      },
      async ({ params: { name } }, reply) => {
        await library.remove(name);
        return reply.status(204).send(null);
      },
    );
  };
}

function downloadRoutes(app: App, care: ModelCare): void {
  app.post(
    '/models/:name/download',
    {
      config: { ...config, idempotency: false, audit: 'model.download' },
      schema: {
        tags,
        summary: 'Begin to download a model',
        description:
          'A name of the catalogue, or `hf:<owner>/<repository>/<file>.gguf`. The download goes on by itself: `GET /models` ' +
          'tells how far it is.',
        params: modelParamsSchema,
        response: { 202: modelSchema },
      },
    },
    async ({ params: { name } }, reply) => reply.status(202).send(toModelBody(await care.download(name))),
  );
  app.post(
    '/models/:name/cancel',
    {
      config: { ...config, idempotency: false },
      schema: {
        tags,
        summary: 'Stop a download; what came is kept for the next one',
        params: modelParamsSchema,
        response: { 200: modelSchema },
      },
    },
    async ({ params: { name } }) => toModelBody(await care.cancel(name)),
  );
}

function memoryRoutes(app: App, care: ModelCare): void {
  const changes = [
    { name: 'load', summary: 'Load a model, and wait until it is' },
    { name: 'unload', summary: 'Unload a model as soon as no call uses it' },
  ] as const;
  for (const { name: change, summary } of changes) {
    app.post(
      `/models/:name/${change}`,
      {
        config: { ...config, idempotency: false },
        schema: { tags, summary, params: modelParamsSchema, response: { 200: modelSchema } },
      },
      async (request) => toModelBody(await care[change](request.params.name, { signal: signalOf(request) })),
    );
  }
}

function toModelBody({ profile, configured, installed, personas, loaded, download }: ModelState): ModelBody {
  const { name, kind, description, licence, bytes } = profile;
  return {
    name,
    kind,
    description,
    licence,
    bytes,
    configured,
    installed,
    personas: [...personas],
    loaded: loaded.map(toLoadedBody),
    download: download && toDownloadBody(download),
  };
}

function toLoadedBody({ adapter, bytes, contextTokens, busy, waiting, expiresAt }: LoadedModel) {
  return {
    adapter,
    bytes,
    context_tokens: contextTokens,
    busy,
    waiting,
    expires_at: expiresAt?.toISOString() ?? null,
  };
}
