import { z } from 'zod';
import { collectionName, text } from './common.ts';
import { endUserSchema } from './end-user.ts';

export const tableName = z
  .string()
  .regex(/^[\p{L}_][\p{L}\p{N}_]{0,62}$/u, 'must be 1 to 63 letters, digits and _, not starting with a digit');

export const tableFormatSchema = z.enum(['json', 'ndjson', 'csv', 'xlsx', 'parquet']);

export const csvFormSchema = z
  .strictObject({
    delimiter: text(1).min(1).optional(),
    decimal: z.enum(['.', ',']).optional(),
    thousands: z.enum(['.', ',', ' ', "'"]).optional(),
    date: text(40).min(2).optional().describe('In the form of strptime: %d/%m/%Y.'),
    encoding: z.enum(['utf-8', 'latin-1']).optional(),
  })
  .meta({ id: 'CsvForm' });

export const columnHintSchema = z
  .strictObject({
    name: text(200).min(1),
    role: z.enum(['measure', 'dimension', 'time', 'id', 'ignore']).optional(),
    unit: text(20).min(1).optional(),
    aggregation: z.enum(['sum', 'avg', 'last', 'count']).optional(),
    favorable: z.enum(['up', 'down']).optional().describe('Whether more is better.'),
    description: text(500).optional(),
    pii: z.boolean().optional().describe('true: its values are never shown.'),
  })
  .meta({ id: 'ColumnHint' });

/** One of rows, content and dataset_id; a form may bring files instead. */
export const insightTableSchema = z
  .strictObject({
    name: tableName.optional().describe('For SQL; by default that of the data set, or `dados`.'),
    format: tableFormatSchema.optional().describe('Absent: json for rows, else what the content looks like.'),
    rows: z.array(z.record(z.string(), z.unknown())).max(200_000).optional(),
    content: z.string().optional().describe('The text of a CSV, JSON or NDJSON table.'),
    dataset_id: z.string().min(1).max(64).optional(),
    csv: csvFormSchema
      .optional()
      .describe('Not with dataset_id: how a data set is written was said when it was added.'),
    columns: z.array(columnHintSchema).max(1_000).optional(),
  })
  .meta({ id: 'InsightTable' });
export type InsightTable = z.input<typeof insightTableSchema>;

const mostTables = 8;

export const insightTypeSchema = z.enum([
  'trend',
  'level_shift',
  'time_outlier',
  'record_outlier',
  'category_outlier',
  'change',
  'contribution',
  'rate_mix',
  'concentration',
  'correlation',
  'group_difference',
  'seasonality',
  'steady',
  'steady_share',
  'majority',
  'data_quality',
]);

export const insightRequestSchema = z
  .strictObject({
    question: text(4_000).optional(),
    language: z.enum(['auto', 'pt-BR', 'pt', 'en']).default('auto').describe('auto: that of the question, else pt-BR.'),
    tables: z.array(insightTableSchema).min(1).max(mostTables),
    context: text(4_000).optional().describe('What the data is about; taken as data, never as an instruction.'),
    period: z
      .strictObject({
        column: text(200).min(1).optional(),
        grain: z.enum(['day', 'week', 'month', 'quarter', 'year']).optional(),
        current: text(20).min(4).optional().describe('2025-06, or the first day of the period.'),
        compare: z.enum(['previous', 'year_ago']).optional(),
      })
      .optional(),
    options: z
      .strictObject({
        max_insights: z.int().min(1).max(50).default(8),
        types: z.array(insightTypeSchema).min(1).optional(),
        q: z.number().min(0.001).max(0.5).default(0.05).describe('Share of false findings that is accepted.'),
        narrative: z.enum(['llm', 'template']).default('template'),
        sql: z.enum(['builtin', 'llm']).default('builtin'),
        charts: z.enum(['spec', 'svg', 'none']).default('spec'),
        collections: z.array(collectionName).min(1).max(100).optional().describe('Documents that may explain it.'),
        model: text(200).min(1).optional(),
        timeout_ms: z.int().min(500).max(120_000).default(20_000),
      })
      .prefault({}),
    act_as: endUserSchema.optional(),
  })
  .meta({ id: 'InsightRequest' });
export type InsightRequest = z.input<typeof insightRequestSchema>;

/** The field `request` of a form, whose files are tables too: each is named by its field. */
export const insightFormSchema = insightRequestSchema.extend({
  tables: z.array(insightTableSchema).max(mostTables).default([]),
});
export type InsightForm = z.input<typeof insightFormSchema>;

/** How a table is written that is the whole body of a request. */
const rawTableFields = {
  delimiter: csvFormSchema.shape.delimiter,
  decimal: csvFormSchema.shape.decimal,
  thousands: csvFormSchema.shape.thousands,
  date: csvFormSchema.shape.date,
  encoding: csvFormSchema.shape.encoding,
};

/** Of a request whose body is a table; in others it stays empty. */
export const insightQuery = z.strictObject({
  question: text(4_000).optional(),
  language: insightRequestSchema.shape.language,
  table: tableName.optional().describe('A name for SQL; by default `dados`.'),
  max_insights: z.coerce.number().int().min(1).max(50).optional(),
  narrative: z.enum(['llm', 'template']).optional(),
  charts: z.enum(['spec', 'svg', 'none']).optional(),
  timeout_ms: z.coerce.number().int().min(500).max(120_000).optional(),
  ...rawTableFields,
});

export const newDatasetSchema = z
  .strictObject({
    name: tableName.optional().describe('A name for SQL; by default `dados`.'),
    format: tableFormatSchema.optional(),
    rows: insightTableSchema.shape.rows,
    content: insightTableSchema.shape.content,
    csv: csvFormSchema.optional(),
  })
  .meta({ id: 'NewDataset' });
export type NewDataset = z.input<typeof newDatasetSchema>;

export const datasetQuery = z.strictObject({ name: tableName.optional(), ...rawTableFields });
