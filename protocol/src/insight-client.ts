import { eventValue, type Connection } from './connection.ts';
import type { InsightForm, InsightRequest, NewDataset } from './insight-request.ts';
import {
  datasetPageSchema,
  datasetSchema,
  insightEventSchemas,
  insightPageSchema,
  insightReportSchema,
  verificationSchema,
  type Dataset,
  type DatasetPage,
  type Insight,
  type InsightPage,
  type InsightReport,
  type InsightVerification,
} from './insights.ts';

/** Tables as files, each named by the table it is, and the request that they belong to. */
export interface InsightFiles {
  request: InsightForm;
  files: readonly { table: string; file: File }[];
}

/** Insights as they come into being. */
export type InsightEvent =
  | { type: 'profile'; dataset: InsightReport['dataset'] }
  | { type: 'insight'; insight: Insight }
  | { type: 'answer'; answer: NonNullable<InsightReport['answer']> }
  | { type: 'done'; report: InsightReport };

/** Asks what is noteworthy in tables, and waits for the whole report. */
export async function runInsights(
  connection: Connection,
  request: InsightRequest | InsightFiles,
  signal?: AbortSignal,
): Promise<InsightReport> {
  const reply = await connection.json('/insights', { method: 'POST', body: bodyOf(request), signal });
  return insightReportSchema.parse(reply);
}

/** The same, told while it is found; throws `ProblemError` when an error comes in the middle. */
export async function* streamInsights(
  connection: Connection,
  request: InsightRequest | InsightFiles,
  signal?: AbortSignal,
): AsyncGenerator<InsightEvent> {
  const call = { method: 'POST', body: bodyOf(request), signal } as const;
  for await (const { event, data } of connection.events('/insights', call)) {
    const value = eventValue({ event, data });
    const part = toInsightEvent(event, value);
    if (part !== undefined) yield part;
  }
}

/** Lets the service work on it: the report says `running` until it is done. */
export async function startInsights(
  connection: Connection,
  request: InsightRequest | InsightFiles,
): Promise<InsightReport> {
  const headers = { prefer: 'respond-async' };
  return insightReportSchema.parse(
    await connection.json('/insights', { method: 'POST', body: bodyOf(request), headers }),
  );
}

/** Parts of a later version that this one does not know are passed over. */
function toInsightEvent(event: string, value: unknown): InsightEvent | undefined {
  switch (event) {
    case 'profile':
      return { type: event, dataset: insightEventSchemas.profile.parse(value) };
    case 'insight':
      return { type: event, insight: insightEventSchemas.insight.parse(value) };
    case 'answer':
      return { type: event, answer: insightEventSchemas.answer.parse(value) };
    case 'done':
      return { type: event, report: insightEventSchemas.done.parse(value) };
    default:
      return undefined;
  }
}

function bodyOf(request: InsightRequest | InsightFiles): unknown {
  if (!('files' in request)) return request;
  const form = new FormData();
  // It comes first: the service reads the files as they come, and must know what is wanted of them.
  form.set('request', JSON.stringify(request.request));
  for (const { table, file } of request.files) form.append(table, file);
  return form;
}

export async function getInsights(connection: Connection, id: string): Promise<InsightReport> {
  return insightReportSchema.parse(await connection.json(`/insights/${encodeURIComponent(id)}`));
}

export async function listInsights(connection: Connection, after?: string): Promise<InsightPage> {
  return insightPageSchema.parse(await connection.json(`/insights?${pageQueryOf(after)}`));
}

/** Has every query of a report run again. */
export async function verifyInsights(
  connection: Connection,
  id: string,
  signal?: AbortSignal,
): Promise<InsightVerification> {
  const path = `/insights/${encodeURIComponent(id)}/verify`;
  return verificationSchema.parse(await connection.json(path, { method: 'POST', signal }));
}

export async function deleteInsights(connection: Connection, id: string): Promise<void> {
  await connection.json(`/insights/${encodeURIComponent(id)}`, { method: 'DELETE' });
}

/** Adds a table, to ask about it by its id. */
export async function addDataset(
  connection: Connection,
  table: NewDataset | { name?: string | undefined; file: File },
): Promise<Dataset> {
  return datasetSchema.parse(await connection.json('/datasets', { method: 'POST', body: datasetBody(table) }));
}

function datasetBody(table: NewDataset | { name?: string | undefined; file: File }): unknown {
  if (!('file' in table)) return table;
  const form = new FormData();
  if (table.name !== undefined) form.set('name', table.name);
  form.append('file', table.file);
  return form;
}

export async function listDatasets(connection: Connection, after?: string): Promise<DatasetPage> {
  return datasetPageSchema.parse(await connection.json(`/datasets?${pageQueryOf(after)}`));
}

export async function getDataset(connection: Connection, id: string): Promise<Dataset> {
  return datasetSchema.parse(await connection.json(`/datasets/${encodeURIComponent(id)}`));
}

export async function deleteDataset(connection: Connection, id: string): Promise<void> {
  await connection.json(`/datasets/${encodeURIComponent(id)}`, { method: 'DELETE' });
}

function pageQueryOf(after: string | undefined): string {
  return after === undefined ? 'limit=100' : `limit=100&after=${encodeURIComponent(after)}`;
}
