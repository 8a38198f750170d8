import { fileURLToPath } from 'node:url';
import { createTrainingFiles } from '../core/training/training-files.ts';
import { anthropicRoutes } from '../routes/anthropic/anthropic-routes.ts';
import { askRoutes } from '../routes/ask.ts';
import { auditRoutes } from '../routes/audit.ts';
import { authCheckRoutes } from '../routes/auth-check.ts';
import { authRoutes } from '../routes/auth.ts';
import { conversationRoutes } from '../routes/conversations.ts';
import { datasetRoutes } from '../routes/datasets.ts';
import { documentRoutes } from '../routes/documents.ts';
import { healthRoutes } from '../routes/health.ts';
import type { InFlight } from '../routes/http/in-flight.ts';
import { insightRoutes } from '../routes/insights.ts';
import { metricsRoutes } from '../routes/metrics.ts';
import { modelCareRoutes } from '../routes/models.ts';
import { modelRoutes } from '../routes/ollama/models/models.ts';
import { ollamaScope } from '../routes/ollama/ollama-scope.ts';
import { ollamaRoutes } from '../routes/ollama/ollama.ts';
import { openAiRoutes } from '../routes/openai/openai-routes.ts';
import { personaRoutes } from '../routes/personas.ts';
import { queueRoutes } from '../routes/queue.ts';
import type { App } from '../routes/http/route.ts';
import { searchRoutes } from '../routes/search.ts';
import { sessionRoutes } from '../routes/session.ts';
import { trainingRoutes } from '../routes/training.ts';
import { usageRoutes } from '../routes/usage.ts';
import { webRoutes } from '../routes/web.ts';
import type { Core } from './open-core.ts';
import type { Stores } from './open-stores.ts';

const webFolder = fileURLToPath(new URL('../../../web/dist', import.meta.url));

/** Everything that can be called over HTTP. */
export function routesOf(core: Core, { stores, inFlight }: { stores: Stores; inFlight: InFlight }) {
  const { completions, library, personas, usable: models } = core;
  const { blobs, responses } = stores;
  const { training } = core;
  const trainingFiles = createTrainingFiles({ ...stores, now });
  const routes: ((app: App) => void)[] = [
    webRoutes(webFolder),
    healthRoutes({ parts: core.parts, downloads: core.files.downloads, isStopping: () => inFlight.draining }),
    metricsRoutes(core.metrics),
    authRoutes(core.auth),
    sessionRoutes(core.auth),
    authCheckRoutes,
    auditRoutes(core.trail),
    documentRoutes(core.knowledge),
    trainingRoutes(core),
    searchRoutes(core.retrieval),
    askRoutes(core.askAsPersona),
    insightRoutes(core.insights),
    datasetRoutes(core.insights),
    conversationRoutes(core.conversations),
    usageRoutes({ usage: core.usage, names: core.auth.names, now }),
    queueRoutes({ queue: core.queue, names: core.auth.names }),
    modelCareRoutes(core),
    personaRoutes(personas),
    ollamaScope(ollamaRoutes(completions, now), modelRoutes({ blobs, library, personas })),
    openAiRoutes({ completions, personas, models, responses, training, trainingFiles, now }),
    anthropicRoutes({ completions }),
  ];
  return routes;
}

const now = (): Date => new Date();
