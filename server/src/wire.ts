import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AppOptions } from './app.ts';
import { ConfigError, type Config } from './config/config.ts';
import { createAsk } from './core/ask/ask.ts';
import { createAuth, type Auth } from './core/auth/auth.ts';
import { createConversations } from './core/conversations/conversations.ts';
import { createPartChecks } from './core/health/part-checks.ts';
import { createKnowledge } from './core/knowledge/knowledge.ts';
import { createLanguageModels } from './core/language-models/create-language-models.ts';
import { createRetrieval } from './core/retrieval/create-retrieval.ts';
import { embedMissing } from './core/retrieval/embed-missing.ts';
import { openTextAnalyzer } from './core/retrieval/text-analyzer.ts';
import { createTraining } from './core/training/training.ts';
import { openDatabase } from './db/sqlite/database.ts';
import { lockFolder } from './db/sqlite/lock-folder.ts';
import { createSqliteApiKeyStore } from './db/sqlite/sqlite-api-key-store.ts';
import { createSqliteConversationStore } from './db/sqlite/sqlite-conversation-store.ts';
import { openSqliteDocumentStore } from './db/sqlite/sqlite-document-store.ts';
import { openSqliteIdempotencyStore } from './db/sqlite/sqlite-idempotency-store.ts';
import { openSqliteJobQueue } from './db/sqlite/sqlite-job-queue.ts';
import { createSqliteRefreshTokenStore } from './db/sqlite/sqlite-refresh-token-store.ts';
import { createSqliteSecretStore } from './db/sqlite/sqlite-secret-store.ts';
import { createSqliteUserStore } from './db/sqlite/sqlite-user-store.ts';
import type { IdempotencyStore } from './ports/idempotency-store.ts';
import { createClosingList, type ClosingList } from './process/closing-list.ts';
import { askRoutes } from './routes/ask.ts';
import { authRoutes } from './routes/auth.ts';
import { conversationRoutes } from './routes/conversations.ts';
import { documentRoutes } from './routes/documents.ts';
import { healthRoutes } from './routes/health.ts';
import { keptForMs } from './routes/idempotency.ts';
import { createInFlight, type InFlight } from './routes/in-flight.ts';
import { metricsRoutes } from './routes/metrics.ts';
import { searchRoutes } from './routes/search.ts';
import { trainingRoutes } from './routes/training.ts';
import { openMemoryCache } from './services/cache/memory-cache.ts';
import { createLlamaEngine } from './services/engine/llama/create-llama-engine.ts';
import { createPrometheusMetrics } from './services/metrics/prometheus-metrics.ts';
import { createModelFiles } from './services/model-files/create-model-files.ts';
import { openChildParser } from './services/parser/child-parser.ts';
import { createMemoryRateLimits } from './services/rate-limits/memory-rate-limits.ts';
import { openSqliteIndex } from './services/search/sqlite/open-sqlite-index.ts';

export interface WireOptions {
  config: Config;
  /** Told what went wrong in the background. */
  report(what: string, error: unknown): void;
}

export interface NewAdministrator {
  username: string;
  password: string;
  /** Nobody knows the password yet: show it, it cannot be found later. */
  isGenerated: boolean;
}

export interface Service extends AsyncDisposable {
  app: Omit<AppOptions, 'logLevel' | 'logStream'>;
  inFlight: InFlight;
  /** The first administrator, when this start made it. */
  newAdministrator: NewAdministrator | null;
}

/** Chooses what is behind each port, and puts the product together. Ends what it began when a part cannot be opened. */
export async function wire(options: WireOptions): Promise<Service> {
  const closing = createClosingList();
  try {
    return await open(options, closing);
  } catch (error) {
    await closing[Symbol.asyncDispose]();
    throw error;
  }
}

async function open({ config, report }: WireOptions, closing: ClosingList): Promise<Service> {
  const stores = await openStores(config, closing);
  const rateLimits = createMemoryRateLimits({ now: Date.now });
  const auth = createAuth({ ...stores, rateLimits, presetKey: config.BILLUMY_TOKEN, now });
  const newAdministrator = await ensureAdministrator(config, auth);

  const metrics = createPrometheusMetrics();
  const { files, languageModels, configured, ...models } = openModels(config, { closing, report });
  const engine = metrics.meter(models.engine);
  const analyzer = closing.add(openTextAnalyzer());
  const parser = closing.add(openChildParser());
  const cache = closing.add(openMemoryCache({ now: Date.now }));

  const retrieval = createRetrieval({ ...stores, engine, languageModels });
  const knowledge = createKnowledge({
    ...stores,
    analyzer,
    parser,
    onError: (error) => report('reading documents failed', error),
  });
  const ask = createAsk({ ...stores, retrieval, engine, models: languageModels, cache, quota: auth.quotas, now });
  const conversations = createConversations({ ...stores, now });
  const inFlight = createInFlight();
  const health = healthRoutes({
    parts: createPartChecks({ ...stores, engine, languageModels, configured }),
    downloads: files.downloads,
    isStopping: () => inFlight.draining,
  });

  runInBackground(closing, [
    (signal) => knowledge.runIngestion(signal),
    (signal) => languageModels.downloadMissing(signal),
    (signal) => embedMissing({ ...stores, engine, languageModels }, { signal }),
  ]);
  forgetRepliesHourly(stores.idempotency, { closing, report });
  return {
    app: {
      authenticate: auth.authenticate,
      admit: auth.quotas.admit,
      idempotency: stores.idempotency,
      inFlight,
      routes: [
        health,
        metricsRoutes(metrics),
        authRoutes(auth),
        documentRoutes(knowledge),
        trainingRoutes(createTraining({ ...stores, knowledge })),
        searchRoutes(retrieval),
        askRoutes(ask),
        conversationRoutes(conversations),
      ],
    },
    inFlight,
    newAdministrator,
    [Symbol.asyncDispose]: () => closing[Symbol.asyncDispose](),
  };
}

const now = (): Date => new Date();

async function openStores({ DATA_DIR }: Config, closing: ClosingList) {
  closing.add(await lockFolder(DATA_DIR));
  const opening = [
    openDatabase(join(DATA_DIR, 'billumy.db')).then(closing.add),
    openSqliteIndex({ path: join(DATA_DIR, 'index.db') }).then(closing.add),
  ] as const;
  // When one cannot be opened, the other is on the closing list before the list is worked off.
  await Promise.allSettled(opening);
  const [database, index] = await Promise.all(opening);
  return {
    index,
    users: createSqliteUserStore(database),
    apiKeys: createSqliteApiKeyStore(database),
    refreshTokens: createSqliteRefreshTokenStore(database),
    secrets: createSqliteSecretStore(database),
    conversations: createSqliteConversationStore(database),
    documents: closing.add(openSqliteDocumentStore({ database, directory: join(DATA_DIR, 'documents'), now })),
    jobs: closing.add(openSqliteJobQueue({ database, now })),
    idempotency: await openSqliteIdempotencyStore(database),
  };
}

interface Background {
  closing: ClosingList;
  report: WireOptions['report'];
}

/** The models that come with the installation. */
const bundledDirectory = fileURLToPath(new URL('../../models/nano', import.meta.url));

function openModels(config: Config, { closing, report }: Background) {
  const files = createModelFiles({
    directory: join(config.DATA_DIR, 'models'),
    bundledDirectory,
    baseUrl: config.MODEL_URL,
    offline: config.OFFLINE,
    proxy: { httpProxy: config.HTTP_PROXY, httpsProxy: config.HTTPS_PROXY, noProxy: config.NO_PROXY },
  });
  const configured = {
    language: config.LANGUAGE_MODEL,
    embedding: config.EMBEDDING_MODEL,
    rerank: config.RERANK_MODEL,
  };
  const languageModels = createLanguageModels({
    files,
    names: configured,
    offline: config.OFFLINE,
    downloadFailed: (model, error) => report(`the download of ${model} failed`, error),
  });
  const engine = closing.add(createLlamaEngine({ files, threads: config.ENGINE_THREADS }));
  return { files, configured, languageModels, engine };
}

/** Loops that end when their signal aborts; closing waits for them before it closes what they use. */
function runInBackground(closing: ClosingList, loops: readonly ((signal: AbortSignal) => Promise<void>)[]): void {
  const stopping = new AbortController();
  const running = loops.map((loop) => loop(stopping.signal));
  closing.defer(async () => {
    stopping.abort();
    await Promise.all(running);
  });
}

const hourMs = 60 * 60 * 1000;

function forgetRepliesHourly(store: IdempotencyStore, { closing, report }: Background): void {
  const forget = (): void => {
    store
      .deleteExpired(new Date(Date.now() - keptForMs))
      .catch((error: unknown) => report('cleaning up failed', error));
  };
  const timer = setInterval(forget, hourMs);
  closing.defer(() => clearInterval(timer));
}

const loopbackHosts = /^(?:localhost|127\.\d+\.\d+\.\d+|::1)$/;

async function ensureAdministrator(config: Config, { users }: Auth): Promise<NewAdministrator | null> {
  const { HOST, ADMIN_USERNAME: username, ADMIN_PASSWORD: password } = config;
  if (!loopbackHosts.test(HOST) && password === null && !(await users.hasAdministrator())) {
    throw new ConfigError([
      'HOST: other machines reach this address, and no administrator exists yet: set ADMIN_PASSWORD, or start once with HOST=127.0.0.1',
    ]);
  }
  const { created, generatedPassword } = await users.ensureAdministrator({ username, password });
  const firstPassword = generatedPassword ?? password;
  if (!created || firstPassword === null) return null;
  return { username, password: firstPassword, isGenerated: generatedPassword !== null };
}
