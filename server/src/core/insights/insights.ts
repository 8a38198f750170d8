import { AppError } from '../../errors/app-error.ts';
import type { InsightReport, InsightSummary } from '../../models/insight.ts';
import { newId } from '../../models/new-id.ts';
import type { Page, PageRequest } from '../../models/page.ts';
import type { Principal } from '../../models/principal.ts';
import { createDatasets, type Datasets } from './datasets/datasets.ts';
import { forgetTables, keepTables } from './datasets/keep-tables.ts';
import { insightJob } from './job/insight-job.ts';
import { createInsightLoop } from './job/insight-loop.ts';
import type { InsightPart } from './insight-part.ts';
import type { InsightPorts, InsightTools } from './insight-ports.ts';
import type { InsightContext, InsightRequest, KeptRequest } from './insight-request.ts';
import { investigate } from './report/investigate.ts';
import { newReport } from './report/new-report.ts';
import { verifyReport, type Verification } from './report/verify-report.ts';

/** Finds out what is noteworthy in tables. Reports and tables of somebody else are `not_found`. */
export interface Insights {
  /** What a table may have. */
  readonly maxTableBytes: number;
  readonly datasets: Datasets;
  /**
   * Insights as they come into being; the tables are kept first, and the report is kept before `done`. Throws what
   * `investigate` and `keepTables` reject with; of a request that fails the tables that came with it are removed.
   */
  run(request: InsightRequest, context: InsightContext): AsyncIterable<InsightPart>;
  /** The same, waited for. */
  answer(request: InsightRequest, context: InsightContext): Promise<InsightReport>;
  /** Keeps the tables and lets somebody work on it: the report tells when it is done. */
  start(request: InsightRequest, context: InsightContext): Promise<InsightReport>;
  get(principal: Principal, id: string): Promise<InsightReport>;
  /** Newest first. */
  list(principal: Principal, page: PageRequest): Promise<Page<InsightSummary>>;
  verify(id: string, context: InsightContext): Promise<Verification>;
  /** Its tables stay: they are data sets of their own. */
  remove(principal: Principal, id: string): Promise<void>;
  /** Works on what was started, here or by a process before; resolves after the signal aborts. */
  work(signal: AbortSignal): Promise<void>;
}

const usualMaxTableBytes = 200_000_000;

export function createInsights(ports: InsightPorts): Insights {
  const datasets = createDatasets(ports);
  const tools: InsightTools = { ...ports, kept: datasets };
  const loop = createInsightLoop(tools);
  const { insightReports: store, jobs, now, maxTableBytes = usualMaxTableBytes } = ports;

  const keep = async (request: InsightRequest, { principal }: InsightContext): Promise<KeptRequest> => ({
    ...request,
    tables: await keepTables(datasets, principal, request.tables),
  });
  const get = async ({ userId }: Principal, id: string): Promise<InsightReport> => {
    const report = await store.find(id, now());
    if (report?.ownerId === userId) return report;
    throw new AppError('not_found');
  };

  const insights: Insights = {
    maxTableBytes,
    datasets,
    async *run(request, context) {
      const asked = { id: newId('ins'), request: await keep(request, context) };
      let isKept = false;
      try {
        for await (const part of investigate(asked, context, tools)) {
          if (part.type === 'done') await store.put(part.report);
          isKept = part.type === 'done';
          yield part;
        }
      } finally {
        if (!isKept) await forgetTables(datasets, context.principal, asked.request.tables);
      }
    },
    async answer(request, context) {
      for await (const part of insights.run(request, context)) if (part.type === 'done') return part.report;
      throw new Error('an investigation ended without its report');
    },
    async start(request, context) {
      const { principal } = context;
      const asked = { id: newId('ins'), request: await keep(request, context) };
      const report = newReport(asked, principal, ports);
      await store.put(report);
      await jobs.enqueue(insightJob({ reportId: report.id, request: asked.request, principal }));
      loop.wake();
      return report;
    },
    get,
    list: ({ userId }, page) => store.list(userId, { ...page, now: now() }),
    verify: async (id, context) => verifyReport(await get(context.principal, id), context, tools),
    async remove(principal, id) {
      await get(principal, id);
      await store.remove(id);
    },
    work: loop.run,
  };
  return insights;
}
