import { told, type Told } from '../../errors/told.ts';
import type { ModelProfile } from '../../models/language-model.ts';
import type { PartHealth } from '../../models/part-health.ts';
import type { Engine } from '../../ports/engine.ts';
import type { JobQueue } from '../../ports/job-queue.ts';
import type { SearchIndex } from '../../ports/search-index.ts';
import type { LanguageModels } from '../language-models/language-models.ts';

export interface PartChecksPorts {
  jobs: Pick<JobQueue, 'list'>;
  index: Pick<SearchIndex, 'status'>;
  engine: Pick<Engine, 'status'>;
  languageModels: Pick<LanguageModels, 'forAnswers' | 'forEmbedding' | 'forReranking'>;
  /** The models that the settings name; null for none. */
  configured: { language: string; embedding: string | null; rerank: string | null };
}

const ok: PartHealth = { status: 'ok', why: null };
const degraded = (why: Told): PartHealth => ({ status: 'degraded', why });
const waiting = (awaits: string, why: Told): PartHealth => ({ ...degraded(why), awaits });

/** How each part is, by its name; a check that rejects means that its part is down. */
export function createPartChecks(ports: PartChecksPorts): Readonly<Record<string, () => Promise<PartHealth>>> {
  const { jobs, index, engine, languageModels, configured } = ports;
  return {
    async storage() {
      await jobs.list({ kinds: ['ingest'], state: 'live', ownerId: null }, { limit: 1, after: null });
      return ok;
    },
    async search() {
      const { vectorsUnavailable } = await index.status();
      return vectorsUnavailable === null ? ok : degraded(told`Search goes by words. ${vectorsUnavailable}`);
    },
    async engine() {
      const { state, reason } = await engine.status();
      return state === 'ok' ? ok : degraded(reason ?? told`The engine has stopped; it starts again when it is needed.`);
    },
    async language_model() {
      const serving = await languageModels.forAnswers().catch(() => undefined);
      return languageModelHealth(configured.language, serving);
    },
    async embedding_model() {
      if (configured.embedding === null || (await languageModels.forEmbedding()) !== undefined) return ok;
      const awaits = shownName(configured.embedding);
      return waiting(awaits, told`Search goes by words until ${awaits} is on this machine.`);
    },
    async rerank_model() {
      if (configured.rerank === null || (await languageModels.forReranking()) !== undefined) return ok;
      const awaits = shownName(configured.rerank);
      return waiting(awaits, told`Passages are not reranked until ${awaits} is on this machine.`);
    },
  };
}

function languageModelHealth(configured: string, serving: ModelProfile | undefined): PartHealth {
  const awaits = shownName(configured);
  if (serving === undefined) return waiting(awaits, told`No model is on this machine: answers are quotations.`);
  if (serving.name === configured.toLowerCase().replace(/:latest$/, '') || serving.name === configured) return ok;
  return waiting(awaits, told`${shownName(serving.name)} answers until ${awaits} is on this machine.`);
}

/** Anybody may read this: a model that is a path is shown by the name of its file. */
function shownName(name: string): string {
  return name.split(/[\\/]/).at(-1) ?? name;
}
