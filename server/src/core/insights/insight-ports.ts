import type { ChartRenderer } from '../../ports/chart-renderer.ts';
import type { DataEngine } from '../../ports/data-engine.ts';
import type { DatasetStore } from '../../ports/dataset-store.ts';
import type { Engine } from '../../ports/engine.ts';
import type { InsightStore } from '../../ports/insight-store.ts';
import type { JobQueue } from '../../ports/job-queue.ts';
import type { LanguageModels } from '../language-models/language-models.ts';
import type { Retrieval } from '../retrieval/retrieval.ts';
import type { AdaptersInForce } from '../training/adapters-in-force.ts';
import type { Metering } from '../usage/metering.ts';
import type { Datasets } from './datasets/datasets.ts';

export interface InsightPorts {
  dataEngine: DataEngine;
  datasets: DatasetStore;
  insightReports: InsightStore;
  charts: ChartRenderer;
  jobs: JobQueue;
  engine: Engine;
  models: LanguageModels;
  adapters: Pick<AdaptersInForce, 'over'>;
  retrieval: Retrieval;
  metering: Metering;
  /** What a table may have; by default 200 MB. */
  maxTableBytes?: number | undefined;
  /** For how many days tables and reports are kept. */
  keptDays: number;
  now: () => Date;
  /** Told what went wrong without failing a request. */
  onError: (error: unknown) => void;
}

/** What the steps need, besides the request. */
export type InsightTools = InsightPorts & { kept: Datasets };
