import type { LightMyRequestResponse } from 'fastify';
import { buildApp } from '../../src/app.ts';
import type { InsightPorts } from '../../src/core/insights/insight-ports.ts';
import { createInsights, type Insights } from '../../src/core/insights/insights.ts';
import { openDatabase } from '../../src/db/sqlite/database.ts';
import { createSqliteDatasetStore } from '../../src/db/sqlite/sqlite-dataset-store.ts';
import { openSqliteIdempotencyStore } from '../../src/db/sqlite/sqlite-idempotency-store.ts';
import { createSqliteInsightStore } from '../../src/db/sqlite/sqlite-insight-store.ts';
import { openSqliteJobQueue } from '../../src/db/sqlite/sqlite-job-queue.ts';
import { AppError } from '../../src/errors/app-error.ts';
import type { Principal } from '../../src/models/principal.ts';
import { datasetRoutes } from '../../src/routes/datasets.ts';
import { insightRoutes } from '../../src/routes/insights.ts';
import type { App } from '../../src/routes/http/route.ts';
import { setUpAsk, type AskSetupOptions } from './ask-setup.ts';
import { sharedDataEngine } from './data-session.ts';
import { multipartBody, type FormPart } from './document-app.ts';
import { ana } from './principals.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Tokens of the test application, and who they are. */
const people = {
  ana: { ...ana, scopes: ['insights'] },
  bia: { ...ana, userId: 'usr_bia', username: 'bia', scopes: ['insights', 'act_as'] },
  anaAsks: { ...ana, keyId: 'key_1', scopes: ['ask'] },
  anaLetters: { ...ana, keyId: 'key_2', scopes: ['insights'], collections: ['letters'] },
} satisfies Record<string, Principal>;
type Person = keyof typeof people;

export interface InsightCall {
  as?: Person;
  json?: unknown;
  form?: readonly FormPart[];
  raw?: { type: string; content: string | Buffer };
  headers?: Record<string, string>;
}

export interface InsightApp extends AsyncDisposable {
  app: App;
  insights: Insights;
  ports: InsightPorts;
  errors: unknown[];
  call(method: 'GET' | 'POST' | 'DELETE', url: string, options?: InsightCall): Promise<LightMyRequestResponse>;
}

export interface InsightAppOptions extends Omit<AskSetupOptions, 'on'> {
  change?: Partial<InsightPorts>;
  /** Whether what is started is worked on. */
  works?: boolean;
  now?: () => Date;
}

/** Insights over the real data engine and stores; the language model and the renderer of charts are doubles. */
export async function openInsightApp({
  change = {},
  works = true,
  now = () => new Date('2026-11-30T12:00:00Z'),
  ...asked
}: InsightAppOptions = {}): Promise<InsightApp> {
  const folder = await temporaryFolder();
  const setup = await setUpAsk(asked);
  const database = await openDatabase(folder.file('billumy.db'));
  const jobs = openSqliteJobQueue({ database, now: () => new Date() });
  const errors: unknown[] = [];
  const ports: InsightPorts = {
    ...setup.ports,
    dataEngine: await sharedDataEngine(),
    datasets: createSqliteDatasetStore({ database, directory: folder.file('datasets') }),
    insightReports: createSqliteInsightStore(database),
    charts: { draw: async () => '<svg/>', [Symbol.asyncDispose]: async () => undefined },
    jobs,
    keptDays: 30,
    now,
    onError: (error) => void errors.push(error),
    ...change,
  };
  const insights = createInsights(ports);
  const stopping = new AbortController();
  const working = works ? insights.work(stopping.signal) : undefined;
  const app = await buildApp({
    authenticate: async (authorization) => {
      const person = people[authorization?.slice('Bearer '.length) as Person] as Principal | undefined;
      if (person === undefined) throw new AppError('unauthenticated');
      return person;
    },
    idempotency: await openSqliteIdempotencyStore(database),
    routes: [insightRoutes(insights), datasetRoutes(insights)],
    logLevel: 'silent',
  });
  return {
    app,
    insights,
    ports,
    errors,
    async call(method, url, { as = 'ana', json, form, raw, headers = {} } = {}) {
      const multipart = form && multipartBody(form);
      const type = raw === undefined ? {} : { 'content-type': raw.type };
      const payload = multipart?.payload ?? raw?.content ?? json;
      return app.inject({
        method,
        url,
        headers: { authorization: `Bearer ${as}`, ...multipart?.headers, ...type, ...headers },
        ...(payload === undefined ? {} : { payload: payload as object }),
      });
    },
    async [Symbol.asyncDispose]() {
      await app.close();
      stopping.abort();
      await working;
      await jobs[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
      await setup[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}
