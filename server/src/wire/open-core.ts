import type { Config } from '../config/config.ts';
import { createAsk } from '../core/ask/ask.ts';
import { createAuditTrail } from '../core/audit/audit-trail.ts';
import { createAuth } from '../core/auth/auth.ts';
import { createUsableModels } from '../core/completions/usable-models.ts';
import { createConversations } from '../core/conversations/conversations.ts';
import { createPartChecks } from '../core/health/part-checks.ts';
import { createKnowledge } from '../core/knowledge/knowledge.ts';
import { createModelCare } from '../core/model-library/create-model-care.ts';
import { createModelLibrary } from '../core/model-library/create-model-library.ts';
import { createAskAsPersona } from '../core/completions/ask-as-persona.ts';
import { createPersonas } from '../core/personas/create-personas.ts';
import { createQueue } from '../core/queue/queue.ts';
import { createRetrieval } from '../core/retrieval/create-retrieval.ts';
import { openTextAnalyzer } from '../core/retrieval/text-analyzer.ts';
import { createAdaptersInForce } from '../core/training/adapters-in-force.ts';
import { createMetering } from '../core/usage/metering.ts';
import { createUsage } from '../core/usage/usage.ts';
import { createPrometheusMetrics } from '../services/metrics/prometheus-metrics.ts';
import { openChildParser } from '../services/parser/child-parser.ts';
import type { Background } from './background.ts';
import { openCompletions } from './open-completions.ts';
import { openInsights, type DataProcesses } from './open-insights.ts';
import { openModels } from './open-models.ts';
import type { Stores } from './open-stores.ts';
import { openTraining } from './open-training.ts';

export type Core = Awaited<ReturnType<typeof openCore>>;

/** What the product decides, over the stores and the services that the settings choose. */
export async function openCore(
  config: Config,
  { stores, ...processes }: DataProcesses & { stores: Stores },
  background: Background,
) {
  const { closing, report } = background;
  const told = (what: string) => (error: unknown) => report(what, error);
  const metrics = createPrometheusMetrics();
  const { files, languageModels, configured, named, ...models } = await openModels(config, background);
  const engine = metrics.meter(models.engine);

  const auth = createAuth({ ...stores, presetKey: config.BILLUMY_TOKEN, now });
  const trail = closing.add(createAuditTrail({ ...stores, now, onError: told('noting who did what failed') }));
  const usage = closing.add(createUsage({ ...stores, now, onError: told('storing what was used failed') }));
  const metering = createMetering(auth.quotas, usage);

  const analyzer = closing.add(openTextAnalyzer());
  const parser = closing.add(openChildParser());
  const retrieval = createRetrieval({ ...stores, engine, languageModels });
  const isShared = config.MONGO_URL !== null;
  const knowledge = createKnowledge({
    ...stores,
    analyzer,
    parser,
    isShared,
    now,
    onError: told('reading documents failed'),
  });
  const adapters = createAdaptersInForce({ ...stores, files, now });
  const ask = createAsk({ ...stores, retrieval, engine, models: languageModels, adapters, metering, now });

  const insightParts = { stores, ...processes, retrieval, engine, models: languageModels, adapters, metering };
  const insights = openInsights(config, insightParts, background);

  const personas = createPersonas({ ...stores, files, configured: named, now });
  const usable = createUsableModels({ files, models: languageModels, personas });
  return {
    metrics,
    files,
    languageModels,
    engine,
    auth,
    trail,
    usage,
    retrieval,
    knowledge,
    askAsPersona: createAskAsPersona({ ask, personas, models: languageModels }),
    insights,
    personas,
    usable,
    completions: openCompletions({
      ...stores,
      config,
      engine,
      languageModels,
      personas,
      adapters,
      ask,
      insights,
      metering,
      now,
    }),
    library: createModelLibrary({ files, personas, usable, engine, models: languageModels, configured: named }),
    care: closing.add(createModelCare({ files, models: languageModels, personas, adapters, engine })),
    conversations: createConversations({ ...stores, now }),
    ...(await openTraining(
      config,
      { ...models, stores, trail, engine, knowledge, personas, adapters, languageModels },
      background,
    )),
    queue: createQueue({ engine }),
    parts: { ...createPartChecks({ ...stores, engine, languageModels, configured }), ...stores.checks },
  };
}

const now = (): Date => new Date();
