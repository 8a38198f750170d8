import multipart from '@fastify/multipart';
import {
  insightPageSchema,
  insightParamsSchema,
  insightQuery,
  insightReportSchema,
  insightRequestSchema,
  pageQuery,
  verificationSchema,
} from '@billumy/protocol';
import type { FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Insights } from '../core/insights/insights.ts';
import type { InsightPart } from '../core/insights/insight-part.ts';
import { sendEvents, type ServerEvent } from './http/event-stream.ts';
import { signalOf } from './http/in-flight.ts';
import { createEventEncoder, toReportBody, toSummaryBody, toVerificationBody } from './bodies/insight-bodies.ts';
import { readInsightRequest } from './bodies/insight-requests.ts';
import { waitPreference } from './http/prefer.ts';
import { rawTableContent, takeRawTables } from './bodies/raw-table.ts';
import type { App } from './http/route.ts';
import type { Language } from '../models/language.ts';
import { readerLanguage } from './http/reader-language.ts';

const tags = ['insights'];
const config = { access: { scope: 'insights' } } as const;
/** Rows in JSON are parsed in one go, while everybody waits: larger tables come as files. */
const maxJsonBytes = 32 * 1024 * 1024;

const form = {
  type: 'object',
  properties: { request: { type: 'string', description: 'The JSON of the request, before the files.' } },
  additionalProperties: {
    type: 'string',
    format: 'binary',
    description: 'A file; its field is the name of its table.',
  },
};

/** Everything under `/insights`. */
export function insightRoutes(insights: Insights): (app: App) => void {
  return (app) => {
    keptRoutes(app, insights);
    void app.register(async (plain) => {
      const scope = plain.withTypeProvider<ZodTypeProvider>();
      await scope.register(multipart);
      takeRawTables(scope);
      findingRoute(scope, insights);
    });
  };
}

function findingRoute(app: App, insights: Insights): void {
  app.post(
    '/insights',
    {
      config: { ...config, form, rawBodies: rawTableContent, takesLong: true },
      bodyLimit: maxJsonBytes,
      schema: {
        tags,
        summary: 'Find out what is noteworthy in tables, and answer a question about them',
        description:
          'Tables come as JSON, as files of a form, or as the whole body (CSV, NDJSON, Parquet, XLSX) with the question in the query. Every number is computed by a query that the reply shows. With `Accept: text/event-stream` the events `profile`, `insight`, `answer` and, last, `done` with the whole report; with `Prefer: respond-async` 202 with the address of the report in `Location`.',
        querystring: insightQuery,
        body: insightRequestSchema.nullish(),
        response: {
          200: {
            description: 'The report.',
            content: {
              'application/json': { schema: insightReportSchema },
              'text/event-stream': { schema: z.string() },
            },
          },
          202: insightReportSchema,
        },
      },
    },
    async (incoming, reply) => {
      const context = { principal: incoming.principal, signal: signalOf(incoming) };
      const { request, drop } = await readInsightRequest(incoming, insights.maxTableBytes);
      try {
        const preference = waitPreference(incoming, Number.POSITIVE_INFINITY);
        if (wantsEvents(incoming)) {
          const parts = insights.run(request, context);
          return await sendEvents(reply, { request: incoming, events: toEvents(parts, readerLanguage(reply)) });
        }
        const waits = preference.waitMs > 0;
        const report = await (waits ? insights.answer(request, context) : insights.start(request, context));
        if (!waits) preference.confirm(reply);
        void reply.header('location', `/insights/${report.id}`);
        return await reply
          .status(waits ? 200 : 202)
          .type('application/json')
          .send(toReportBody(report, readerLanguage(reply)));
      } finally {
        await drop();
      }
    },
  );
}

function wantsEvents({ headers }: FastifyRequest): boolean {
  return /(?:^|,)\s*text\/event-stream\b/i.test(headers.accept ?? '');
}

async function* toEvents(parts: AsyncIterable<InsightPart>, reader: Language): AsyncGenerator<ServerEvent> {
  const encode = createEventEncoder(reader);
  for await (const part of parts) yield encode(part);
}

function keptRoutes(app: App, insights: Insights): void {
  app.get(
    '/insights',
    {
      config,
      schema: {
        tags,
        summary: 'List reports, newest first',
        querystring: pageQuery,
        response: { 200: insightPageSchema },
      },
    },
    async ({ principal, query: { limit, after = null } }) => {
      const { items, next } = await insights.list(principal, { limit, after });
      return { items: items.map(toSummaryBody), next };
    },
  );
  app.get(
    '/insights/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Get a report as it was given',
        params: insightParamsSchema,
        response: { 200: insightReportSchema },
      },
    },
    async ({ principal, params: { id } }, reply) =>
      toReportBody(await insights.get(principal, id), readerLanguage(reply)),
  );
  app.delete(
    '/insights/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Delete a report',
        description: 'Its tables are data sets of their own: `DELETE /datasets/{id}`.',
        params: insightParamsSchema,
        response: { 204: z.void() },
      },
    },
    async ({ principal, params: { id } }, reply) => {
      await insights.remove(principal, id);
      return reply.status(204).send();
    },
  );
  app.post(
    '/insights/:id/verify',
    {
      config: { ...config, idempotency: false },
      schema: {
        tags,
        summary: 'Run every query of a report again',
        description:
          'In a fresh process over the kept tables: every result is compared by its hash, and every fact is computed again.',
        params: insightParamsSchema,
        response: { 200: verificationSchema },
      },
    },
    async (request) => {
      const { principal, params } = request;
      return toVerificationBody(await insights.verify(params.id, { principal, signal: signalOf(request) }));
    },
  );
}
