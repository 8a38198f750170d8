import type { AppOptions } from './app.ts';
import type { Config } from './config/config.ts';
import { createAsk } from './core/ask/ask.ts';
import { createAuth } from './core/auth/auth.ts';
import { createUsableModels } from './core/completions/usable-models.ts';
import { createConversations } from './core/conversations/conversations.ts';
import { createPartChecks } from './core/health/part-checks.ts';
import { createModelLibrary } from './core/model-library/create-model-library.ts';
import { createPersonas } from './core/personas/create-personas.ts';
import { createKnowledge } from './core/knowledge/knowledge.ts';
import { createRetrieval } from './core/retrieval/create-retrieval.ts';
import { embedMissing } from './core/retrieval/embed-missing.ts';
import { openTextAnalyzer } from './core/retrieval/text-analyzer.ts';
import { createMetering } from './core/usage/metering.ts';
import { createQueue } from './core/queue/queue.ts';
import { createUsage } from './core/usage/usage.ts';
import { createTraining } from './core/training/training.ts';
import { createClosingList, type ClosingList } from './process/closing-list.ts';
import { anthropicRoutes } from './routes/anthropic/anthropic-routes.ts';
import { askRoutes } from './routes/ask.ts';
import { authRoutes } from './routes/auth.ts';
import { conversationRoutes } from './routes/conversations.ts';
import { documentRoutes } from './routes/documents.ts';
import { healthRoutes } from './routes/health.ts';
import { createInFlight, type InFlight } from './routes/in-flight.ts';
import { metricsRoutes } from './routes/metrics.ts';
import { modelRoutes } from './routes/ollama/models/models.ts';
import { ollamaScope } from './routes/ollama/ollama-scope.ts';
import { ollamaRoutes } from './routes/ollama/ollama.ts';
import { openAiRoutes } from './routes/openai/openai-routes.ts';
import { queueRoutes } from './routes/queue.ts';
import { searchRoutes } from './routes/search.ts';
import { trainingRoutes } from './routes/training.ts';
import { usageRoutes } from './routes/usage.ts';
import { openMemoryCache } from './services/cache/memory-cache.ts';
import { createPrometheusMetrics } from './services/metrics/prometheus-metrics.ts';
import { openChildParser } from './services/parser/child-parser.ts';
import { createMemoryRateLimits } from './services/rate-limits/memory-rate-limits.ts';
import { forgetRepliesHourly, forgetResponsesHourly, runInBackground } from './wire/background.ts';
import { ensureAdministrator, type NewAdministrator } from './wire/ensure-administrator.ts';
import { openCompletions } from './wire/open-completions.ts';
import { openModels } from './wire/open-models.ts';
import { openStores } from './wire/open-stores.ts';

export interface WireOptions {
  config: Config;
  /** Told what went wrong in the background. */
  report(what: string, error: unknown): void;
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
  const usage = closing.add(
    createUsage({ ...stores, now, onError: (error) => report('storing what was used failed', error) }),
  );
  const metering = createMetering(auth.quotas, usage);
  const ask = createAsk({ ...stores, retrieval, engine, models: languageModels, cache, metering, now });
  const personas = createPersonas({ ...stores, files, now });
  const completions = openCompletions({ config, engine, languageModels, personas, ask, metering, cache, now });
  const usable = createUsableModels({ files, models: languageModels, personas });
  const library = createModelLibrary({
    files,
    personas,
    usable,
    engine,
    models: languageModels,
    configured: Object.values(configured).filter((name) => name !== null),
  });
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
  forgetResponsesHourly(stores.responses, { closing, report });
  return {
    app: {
      authenticate: auth.authenticate,
      admit: auth.quotas.admit,
      openLoopback: config.OPEN_LOOPBACK,
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
        usageRoutes(usage, now),
        ollamaScope(ollamaRoutes(completions, now), modelRoutes({ ...stores, library, personas })),
        queueRoutes(createQueue({ engine })),
        openAiRoutes({ ...stores, completions, personas, models: usable, now }),
        anthropicRoutes({ completions }),
      ],
    },
    inFlight,
    newAdministrator,
    [Symbol.asyncDispose]: () => closing[Symbol.asyncDispose](),
  };
}

const now = (): Date => new Date();
