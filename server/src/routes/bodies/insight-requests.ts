import {
  insightFormSchema,
  type insightQuery,
  type insightRequestSchema,
  type newDatasetSchema,
} from '@billumy/protocol';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { GivenTable } from '../../core/insights/datasets/datasets.ts';
import type { InsightRequest, RequestedTable } from '../../core/insights/insight-request.ts';
import { AppError } from '../../errors/app-error.ts';
import { told, type Told } from '../../errors/told.ts';
import type { CsvForm } from '../../models/table.ts';
import { formatOfMediaType, rawFormat, rawTable } from './raw-table.ts';
import { openTableForm, type StreamedFile } from './table-form.ts';
import { findJsonFault } from '../http/text-checks.ts';
import { toIssues } from '../http/zod-issues.ts';

type Body = z.output<typeof insightRequestSchema>;
type Query = z.output<typeof insightQuery>;
type BodyTable = Body['tables'][number];
type Incoming = FastifyRequest & { body: Body | null | undefined; query: Query };

/** A request as it is asked for, and the way to let go of what still comes of it. */
export interface ReadRequest {
  request: InsightRequest;
  drop(): Promise<void>;
}

/**
 * What `POST /insights` asks for, in each of its forms: JSON, a form with files, or a table as the whole body. Rejects
 * with `invalid_request`.
 */
export async function readInsightRequest(incoming: Incoming, maxTableBytes: number): Promise<ReadRequest> {
  if (incoming.isMultipart()) return readForm(incoming, maxTableBytes);
  const format = rawFormat(incoming);
  if (format !== undefined)
    return { request: readRaw(incoming, { format, maxTableBytes }), drop: async () => undefined };
  const { body } = incoming;
  if (body === null || body === undefined) throw invalid(told`Send a table: see POST /insights in /docs.`);
  return { request: toRequest(body, inTurn(body.tables)), drop: async () => undefined };
}

function readRaw(
  incoming: Incoming,
  { format, maxTableBytes }: { format: NonNullable<ReturnType<typeof rawFormat>>; maxTableBytes: number },
): InsightRequest {
  const { question, language, table: name, ...options } = incoming.query;
  const { delimiter, decimal, thousands, date, encoding, ...asked } = options;
  const csv = { delimiter, decimal, thousands, date, encoding: encoding ?? encodingOf(incoming) };
  const body = insightFormSchema.parse({ question, language, options: asked });
  const source = { format, csv, content: rawTable(incoming, maxTableBytes) };
  return toRequest(
    body,
    (async function* () {
      yield { name, columns: [], source };
    })(),
  );
}

/** `text/csv; charset=iso-8859-1` says how it is written. */
export function encodingOf({ headers }: FastifyRequest): CsvForm['encoding'] {
  return /;\s*charset\s*=\s*"?(?:iso-8859-1|latin-?1|windows-1252)/i.test(headers['content-type'] ?? '')
    ? 'latin-1'
    : undefined;
}

async function readForm(incoming: Incoming, maxTableBytes: number): Promise<ReadRequest> {
  const form = await openTableForm(incoming, maxTableBytes);
  try {
    const body = parseRequestField(form.fields);
    return { request: toRequest(body, withFiles(body.tables, form.files)), drop: form.drop };
  } catch (error) {
    await form.drop();
    throw error;
  }
}

function parseRequestField(fields: ReadonlyMap<string, string>): z.output<typeof insightFormSchema> {
  const { request = '{}', ...others } = Object.fromEntries(fields);
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    const issues = [{ path: unknown, message: told`is no field of this form: put it into the JSON of "request"` }];
    throw new AppError('invalid_request', { detail: told`Correct the fields of the form: see "issues".`, issues });
  }
  const fault = findJsonFault(request, 'request');
  const result = fault === undefined ? insightFormSchema.safeParse(JSON.parse(request)) : undefined;
  if (result?.success === true) return result.data;
  const wrong = result && toIssues(result.error, ['request']);
  const issues = wrong ?? (fault === undefined ? [] : [fault]);
  throw new AppError('invalid_request', {
    detail: told`Correct the field "request" of the form: see "issues".`,
    issues,
  });
}

/** Fields that are named so name no table. */
const unnamedFields = ['file', 'files', 'table'];

/** First the tables that the request itself holds, then the files, each with what the request says of its name. */
async function* withFiles(
  tables: readonly BodyTable[],
  files: AsyncIterable<StreamedFile>,
): AsyncGenerator<RequestedTable> {
  const described = new Map(tables.filter((table) => !hasContent(table)).map((table) => [table.name ?? '', table]));
  yield* inTurn(tables.filter(hasContent));
  for await (const { fieldName, contentType, content } of files) {
    const name = unnamedFields.includes(fieldName) ? '' : fieldName;
    const table = described.get(name) ?? { name: name === '' ? undefined : name, columns: [] };
    described.delete(name);
    const format = ('format' in table ? table.format : undefined) ?? formatOfMediaType(contentType);
    const csv = 'csv' in table ? (table.csv ?? {}) : {};
    yield { name: table.name, columns: table.columns ?? [], source: { format, csv, content } };
  }
  const [missing] = described.keys();
  if (missing === undefined) return;
  throw invalid(told`The form has no file "${missing}": name the field of each file after its table.`);
}

async function* inTurn(tables: readonly BodyTable[]): AsyncGenerator<RequestedTable> {
  for (const table of tables) yield toTable(table);
}

function hasContent({ rows, content, dataset_id: datasetId }: BodyTable): boolean {
  return rows !== undefined || content !== undefined || datasetId !== undefined;
}

function toTable(table: BodyTable): RequestedTable {
  const { name, columns = [], dataset_id: datasetId, csv, format } = table;
  if (datasetId === undefined) return { name, columns, source: toSource(table) };
  if (csv !== undefined || format !== undefined || table.rows !== undefined || table.content !== undefined) {
    throw invalid(told`A table with "dataset_id" takes no rows, content, format or csv: it is read as it was added.`);
  }
  return { name, columns, source: { datasetId } };
}

/** Rejects with `invalid_request` unless there is exactly one of rows and content. */
export function toSource({
  rows,
  content,
  format,
  csv = {},
}: Pick<z.output<typeof newDatasetSchema>, 'rows' | 'content' | 'format' | 'csv'>): Omit<GivenTable, 'name'> {
  if ((rows === undefined) === (content === undefined)) throw invalid(told`A table has either "rows" or "content".`);
  if (content !== undefined) return { format: format ?? null, csv, content: encoded([content]) };
  if (format !== undefined && format !== 'json') throw invalid(told`Rows are JSON: leave "format" out.`);
  if (rows?.length === 0) throw new AppError('table_broken', { detail: told`The table has no rows.` });
  return { format: 'ndjson', csv, content: encoded(linesOf(rows ?? [])) };
}

const rowsOfAChunk = 1_000;

function* linesOf(rows: readonly unknown[]): Generator<string> {
  for (let start = 0; start < rows.length; start += rowsOfAChunk) {
    const lines = rows.slice(start, start + rowsOfAChunk).map((row) => `${JSON.stringify(row)}\n`);
    yield lines.join('');
  }
}

async function* encoded(texts: Iterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for (const text of texts) yield encoder.encode(text);
}

function toRequest(
  { question, language, context, period, options, act_as: actAs }: Omit<Body, 'tables'>,
  tables: InsightRequest['tables'],
): InsightRequest {
  return {
    question: question === undefined || question.trim() === '' ? null : question,
    language: language === 'auto' ? null : language === 'en' ? 'en' : 'pt',
    tables,
    context: context ?? null,
    period: period ?? {},
    options: {
      maxInsights: options.max_insights,
      types: options.types,
      q: options.q,
      narrative: options.narrative,
      sql: options.sql,
      charts: options.charts,
      collections: options.collections,
      model: options.model,
      timeoutMs: options.timeout_ms,
    },
    actAs,
  };
}

function invalid(detail: Told): AppError {
  return new AppError('invalid_request', { detail });
}
