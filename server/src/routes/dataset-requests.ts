import { csvFormSchema, datasetQuery, type newDatasetSchema } from '@billumy/protocol';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { GivenTable } from '../core/insights/datasets/datasets.ts';
import { AppError } from '../errors/app-error.ts';
import { encodingOf, toSource } from './insight-requests.ts';
import { formatOfMediaType, rawFormat, rawTable } from './raw-table.ts';
import { openTableForm, type TableForm } from './table-form.ts';

type Incoming = FastifyRequest & {
  body: z.output<typeof newDatasetSchema> | null | undefined;
  query: z.output<typeof datasetQuery>;
};

const usualName = 'dados';

/** What `POST /datasets` brings, in each of its forms. Rejects with `invalid_request`. */
export async function readDataset(
  incoming: Incoming,
  maxTableBytes: number,
): Promise<{ table: GivenTable; drop(): Promise<void> }> {
  if (incoming.isMultipart()) return readForm(await openTableForm(incoming, maxTableBytes));
  const drop = async (): Promise<void> => undefined;
  const format = rawFormat(incoming);
  if (format !== undefined) {
    const { name = usualName, ...form } = incoming.query;
    const csv = { ...form, encoding: form.encoding ?? encodingOf(incoming) };
    return { table: { name, format, csv, content: rawTable(incoming, maxTableBytes) }, drop };
  }
  const { body } = incoming;
  if (body === null || body === undefined) throw new AppError('invalid_request', { detail: 'Send a table.' });
  return { table: { name: body.name ?? usualName, ...toSource(body) }, drop };
}

async function readForm({ fields, files, drop }: TableForm): Promise<{ table: GivenTable; drop(): Promise<void> }> {
  try {
    const { name = usualName, ...csv } = parseFields(fields);
    for await (const { contentType, content } of files) {
      return { table: { name, format: formatOfMediaType(contentType), csv, content }, drop };
    }
    throw new AppError('invalid_request', { detail: 'Send a file.' });
  } catch (error) {
    await drop();
    throw error;
  }
}

const fieldsSchema = z.strictObject({ name: datasetQuery.shape.name, ...csvFormSchema.shape });

function parseFields(fields: ReadonlyMap<string, string>): z.output<typeof fieldsSchema> {
  const result = fieldsSchema.safeParse(Object.fromEntries(fields));
  if (result.success) return result.data;
  const issues = result.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  throw new AppError('invalid_request', { detail: 'Correct the fields of the form: see "issues".', issues });
}
