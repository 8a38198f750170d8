import { csvFormSchema, datasetQuery, type newDatasetSchema } from '@billumy/protocol';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { GivenTable } from '../../core/insights/datasets/datasets.ts';
import { AppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import { encodingOf, toSource } from './insight-requests.ts';
import { formatOfMediaType, rawFormat, rawTable } from './raw-table.ts';
import { openTableForm, type StreamedFile, type TableForm } from './table-form.ts';
import { toIssues } from '../http/zod-issues.ts';

type Incoming = FastifyRequest & {
  body: z.output<typeof newDatasetSchema> | null | undefined;
  query: z.output<typeof datasetQuery>;
};

const usualName = 'dados';

/** There is nothing of it that still comes. */
const nothingLeft = async (): Promise<void> => undefined;

/** What `POST /datasets` brings, in each of its forms. Rejects with `invalid_request`. */
export async function readDataset(
  incoming: Incoming,
  maxTableBytes: number,
): Promise<{ table: GivenTable; drop(): Promise<void> }> {
  if (incoming.isMultipart()) return readForm(await openTableForm(incoming, maxTableBytes));
  const format = rawFormat(incoming);
  if (format !== undefined) {
    const { name = usualName, ...form } = incoming.query;
    const csv = { ...form, encoding: form.encoding ?? encodingOf(incoming) };
    return { table: { name, format, csv, content: rawTable(incoming, maxTableBytes) }, drop: nothingLeft };
  }
  const { body } = incoming;
  if (body === null || body === undefined) throw new AppError('invalid_request', { detail: told`Send a table.` });
  return { table: { name: body.name ?? usualName, ...toSource(body) }, drop: nothingLeft };
}

async function readForm({ fields, files, drop }: TableForm): Promise<{ table: GivenTable; drop(): Promise<void> }> {
  try {
    const { name = usualName, ...csv } = parseFields(fields);
    const iterator = files[Symbol.asyncIterator]();
    const first = await iterator.next();
    if (first.done === true) throw new AppError('invalid_request', { detail: told`Send a file.` });
    const { contentType } = first.value;
    const content = contentOfOnly(first.value, iterator);
    return { table: { name, format: formatOfMediaType(contentType), csv, content }, drop };
  } catch (error) {
    await drop();
    throw error;
  }
}

async function* contentOfOnly(
  { content }: StreamedFile,
  others: AsyncIterator<StreamedFile>,
): AsyncGenerator<Uint8Array> {
  yield* content;
  const { done } = await others.next();
  if (done !== true)
    throw new AppError('invalid_request', { detail: told`Send one file: each table is a call of its own.` });
}

const fieldsSchema = z.strictObject({ name: datasetQuery.shape.name, ...csvFormSchema.shape });

function parseFields(fields: ReadonlyMap<string, string>): z.output<typeof fieldsSchema> {
  const result = fieldsSchema.safeParse(Object.fromEntries(fields));
  if (result.success) return result.data;
  const issues = toIssues(result.error);
  throw new AppError('invalid_request', { detail: told`Correct the fields of the form: see "issues".`, issues });
}
