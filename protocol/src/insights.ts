import { z } from 'zod';
import { citationSchema, languageSchema } from './ask.ts';
import { timestamp } from './common.ts';
import { insightTypeSchema, tableFormatSchema } from './insight-request.ts';

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);

export const insightFactSchema = z
  .object({
    value: z.string().describe('In decimals, exact.'),
    type: z.literal('decimal'),
    unit: z.string().nullable(),
    evidence: z.string(),
    path: z.string().nullable().describe('JSON Pointer into the evidence; null for what is derived.'),
    derivation: z.string().nullable().describe('The function of the evidence that gives it; null for a cell.'),
  })
  .meta({ id: 'InsightFact' });

export const insightEvidenceSchema = z
  .object({
    id: z.string(),
    sql: z.string(),
    origin: z.enum(['builtin', 'llm']),
    columns: z.array(z.object({ name: z.string(), type: z.string() })),
    rows: z.array(z.array(cell)),
    row_count: z.int(),
    truncated: z.boolean(),
    elapsed_ms: z.number(),
    result_hash: z.string(),
  })
  .meta({ id: 'InsightEvidence' });

const facts = z.record(z.string(), insightFactSchema);
const labels = z.record(z.string(), z.string()).describe('Names, as they are read.');

export const insightSchema = z
  .object({
    id: z.string(),
    type: insightTypeSchema,
    subject: z.object({
      table: z.string(),
      measure: z.string().nullable(),
      aggregation: z.enum(['sum', 'avg', 'last', 'count']).nullable(),
      filters: z.array(z.object({ column: z.string(), op: z.literal('='), value: cell })),
      breakdown: z.string().nullable(),
      period: z
        .object({
          grain: z.enum(['day', 'week', 'month', 'quarter', 'year']),
          current: z.string(),
          previous: z.string().nullable(),
        })
        .nullable(),
    }),
    headline: z.string(),
    headline_template: z.string(),
    explanation: z.string(),
    explanation_template: z.string(),
    narrative: z.enum(['llm', 'template']),
    facts,
    labels,
    evidence: z.array(insightEvidenceSchema),
    score: z.object({
      rank: z.int(),
      impact: z.number(),
      significance: z.number(),
      p: z.number().nullable(),
      q: z.number().nullable(),
      effect: z.number().nullable(),
      test: z.string(),
      n: z.int(),
      confidence: z.enum(['high', 'medium', 'low']),
    }),
    caveats: z.array(z.string()),
    action: z.object({
      text: z.string(),
      kind: z.enum(['investigate', 'fix_data', 'act']),
      basis: z.array(z.string()),
      hypothesis: z.boolean(),
    }),
    citations: z.array(citationSchema).describe('What documents say of it.'),
    chart: z.object({ vega_lite: z.looseObject({}), svg: z.string().nullable() }).nullable(),
  })
  .meta({ id: 'Insight' });
export type Insight = z.infer<typeof insightSchema>;

export const insightReportSchema = z
  .object({
    id: z.string(),
    status: z.enum(['running', 'complete', 'partial', 'degraded', 'failed']),
    language: languageSchema,
    question: z.string().nullable(),
    answer: z
      .object({
        text: z.string(),
        insight_ids: z.array(z.string()),
        needs_clarification: z.string().nullable(),
        facts,
        labels,
        evidence: z.array(insightEvidenceSchema),
      })
      .nullable(),
    dataset: z.object({
      fingerprint: z.string(),
      tables: z.array(
        z.object({
          name: z.string(),
          dataset_id: z.string(),
          rows: z.int(),
          columns: z.array(
            z.object({
              name: z.string(),
              type: z.string(),
              role: z.enum(['measure', 'dimension', 'time', 'id', 'ignore']),
              unit: z.string().nullable(),
              nulls: z.int(),
              distinct: z.int(),
              pii: z.boolean(),
            }),
          ),
        }),
      ),
      warnings: z.array(
        z.object({
          code: z.string(),
          table: z.string(),
          column: z.string().nullable(),
          count: z.int().nullable(),
          text: z.string().describe('For a person.'),
        }),
      ),
    }),
    insights: z.array(insightSchema),
    rejected: z.array(z.object({ reason: z.string(), count: z.int() })),
    verification: z.object({
      numbers: z.int(),
      from_slots: z.int(),
      free_numbers: z.int(),
      sentences_dropped: z.int(),
    }),
    usage: z.object({
      rows: z.int(),
      sql_ms: z.number(),
      llm_ms: z.number(),
      tokens_in: z.int(),
      tokens_out: z.int(),
      model: z.string().nullable(),
    }),
    engine: z.object({ duckdb: z.string(), detectors: z.string() }),
    error: z.object({ code: z.string(), detail: z.string().nullable() }).nullable(),
    created_at: timestamp,
    expires_at: timestamp,
  })
  .meta({ id: 'InsightReport' });
export type InsightReport = z.infer<typeof insightReportSchema>;

export const insightPageSchema = z
  .object({
    items: z.array(
      z.object({
        id: z.string(),
        status: insightReportSchema.shape.status,
        question: z.string().nullable(),
        headline: z.string().nullable(),
        created_at: timestamp,
      }),
    ),
    next: z.string().nullable(),
  })
  .meta({ id: 'InsightPage' });
export type InsightPage = z.infer<typeof insightPageSchema>;

export const insightParamsSchema = z.strictObject({ id: z.string().min(1).max(64) });

export const verificationSchema = z
  .object({
    id: z.string(),
    verified: z.boolean().describe('Every query gave what it had given, and every fact follows from it.'),
    evidence: z.array(
      z.object({ insight_id: z.string().nullable(), id: z.string(), identical: z.boolean(), result_hash: z.string() }),
    ),
    facts: z.object({ checked: z.int(), different: z.int() }),
  })
  .meta({ id: 'InsightVerification' });
export type InsightVerification = z.infer<typeof verificationSchema>;

export const datasetSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    format: tableFormatSchema,
    bytes: z.int(),
    sha256: z.string(),
    created_at: timestamp,
    expires_at: timestamp,
  })
  .meta({ id: 'Dataset' });
export type Dataset = z.infer<typeof datasetSchema>;

export const datasetPageSchema = z
  .object({ items: z.array(datasetSchema), next: z.string().nullable() })
  .meta({ id: 'DatasetPage' });
export type DatasetPage = z.infer<typeof datasetPageSchema>;

/** Events of a streamed request, by name: `profile` first, `done` with the whole report last. */
export const insightEventSchemas = {
  profile: insightReportSchema.shape.dataset,
  insight: insightSchema,
  answer: insightReportSchema.shape.answer.unwrap(),
  done: insightReportSchema,
};
