import { join } from 'node:path';
import type { Config } from '../config/config.ts';
import { createInsights, type Insights } from '../core/insights/insights.ts';
import type { InsightPorts } from '../core/insights/insight-ports.ts';
import type { ChartRenderer } from '../ports/chart-renderer.ts';
import type { DataEngine } from '../ports/data-engine.ts';
import type { ClosingList } from '../process/closing-list.ts';
import { openChildChartRenderer } from '../services/chart/child-chart-renderer.ts';
import { openDuckDbEngine } from '../services/data-engine/duckdb-engine.ts';
import type { Background } from './background.ts';
import type { Stores } from './open-stores.ts';

/** What computes over tables and draws, in processes that may die. */
export interface DataProcesses {
  dataEngine: DataEngine;
  charts: ChartRenderer;
}

export async function openDataProcesses({ DATA_DIR }: Config, closing: ClosingList): Promise<DataProcesses> {
  const dataEngine = closing.add(await openDuckDbEngine({ folder: join(DATA_DIR, 'tables') }));
  return { dataEngine, charts: closing.add(openChildChartRenderer()) };
}

export interface OpenInsightsOptions
  extends DataProcesses, Omit<InsightPorts, 'datasets' | 'insightReports' | 'jobs' | 'keptDays' | 'now' | 'onError'> {
  stores: Stores;
}

/** Finds out what is noteworthy in tables. */
export function openInsights(
  { INSIGHTS_DAYS: keptDays }: Config,
  { stores, ...parts }: OpenInsightsOptions,
  { report }: Background,
): Insights {
  const onError = (error: unknown): void => report('insights failed', error);
  return createInsights({ ...stores, ...parts, keptDays, now, onError });
}

const now = (): Date => new Date();
