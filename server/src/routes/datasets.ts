import multipart from '@fastify/multipart';
import {
  datasetPageSchema,
  datasetQuery,
  datasetSchema,
  insightParamsSchema,
  newDatasetSchema,
  pageQuery,
} from '@billumy/protocol';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Insights } from '../core/insights/insights.ts';
import { toDatasetBody } from './bodies/dataset-bodies.ts';
import { readDataset } from './bodies/dataset-requests.ts';
import { rawTableContent, takeRawTables } from './bodies/raw-table.ts';
import type { App } from './http/route.ts';

const tags = ['insights'];
const config = { access: { scope: 'insights' } } as const;
/** Rows in JSON are parsed in one go, while everybody waits: larger tables come as files. */
const maxJsonBytes = 32 * 1024 * 1024;

const form = {
  type: 'object',
  required: ['file'],
  properties: {
    name: { type: 'string', description: 'A name for SQL, before the file.' },
    ...Object.fromEntries(
      ['delimiter', 'decimal', 'thousands', 'date', 'encoding'].map((name) => [name, { type: 'string' }]),
    ),
    file: { type: 'string', format: 'binary' },
  },
};

/** Everything under `/datasets`. */
export function datasetRoutes(insights: Pick<Insights, 'datasets' | 'maxTableBytes'>): (app: App) => void {
  return (app) => {
    keptRoutes(app, insights);
    void app.register(async (plain) => {
      const scope = plain.withTypeProvider<ZodTypeProvider>();
      await scope.register(multipart);
      takeRawTables(scope);
      addingRoute(scope, insights);
    });
  };
}

function addingRoute(app: App, { datasets, maxTableBytes }: Pick<Insights, 'datasets' | 'maxTableBytes'>): void {
  app.post(
    '/datasets',
    {
      config: { ...config, form, rawBodies: rawTableContent, takesLong: true },
      bodyLimit: maxJsonBytes,
      schema: {
        tags,
        summary: 'Add a table once, to ask about it by its id',
        description:
          'As JSON, as the file of a form, or as the whole body (CSV, NDJSON, Parquet, XLSX). It is kept until `expires_at`.',
        querystring: datasetQuery,
        body: newDatasetSchema.nullish(),
        response: { 201: datasetSchema },
      },
    },
    async (incoming, reply) => {
      const { table, drop } = await readDataset(incoming, maxTableBytes);
      try {
        const dataset = await datasets.add(incoming.principal, table);
        void reply.header('location', `/datasets/${dataset.id}`);
        return await reply.status(201).send(toDatasetBody(dataset));
      } finally {
        await drop();
      }
    },
  );
}

function keptRoutes(app: App, { datasets }: Pick<Insights, 'datasets'>): void {
  app.get(
    '/datasets',
    {
      config,
      schema: {
        tags,
        summary: 'List tables, newest first',
        querystring: pageQuery,
        response: { 200: datasetPageSchema },
      },
    },
    async ({ principal, query: { limit, after = null } }) => {
      const { items, next } = await datasets.list(principal, { limit, after });
      return { items: items.map(toDatasetBody), next };
    },
  );
  app.get(
    '/datasets/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Get what is known of a table',
        params: insightParamsSchema,
        response: { 200: datasetSchema },
      },
    },
    async ({ principal, params: { id } }) => toDatasetBody(await datasets.get(principal, id)),
  );
  app.delete(
    '/datasets/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Delete a table',
        description: 'Reports of it stay, but can no longer be verified.',
        params: insightParamsSchema,
        response: { 204: z.void() },
      },
    },
    async ({ principal, params: { id } }, reply) => {
      await datasets.remove(principal, id);
      return reply.status(204).send();
    },
  );
}
