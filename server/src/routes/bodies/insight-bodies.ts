import type {
  Insight as InsightBody,
  InsightPage,
  InsightReport as ReportBody,
  InsightVerification,
} from '@billumy/protocol';
import type { InsightPart } from '../../core/insights/insight-part.ts';
import type { Verification } from '../../core/insights/report/verify-report.ts';
import { labelName } from '../../core/insights/narrative/label-text.ts';
import { warningText } from '../../core/insights/narrative/warning-text.ts';
import type {
  DataAnswer,
  Evidence,
  Fact,
  Insight,
  InsightReport,
  InsightSummary,
  Label,
} from '../../models/insight.ts';
import { toCitationBody } from './answer-bodies.ts';
import type { ServerEvent } from '../http/event-stream.ts';
import type { Language } from '../../models/language.ts';
import { toFailureBody } from '../http/failure-body.ts';

type Facts = InsightBody['facts'];
/** What decides how names are written. */
type Wording = Pick<InsightReport, 'language' | 'tables'>;

export function toReportBody(report: InsightReport, reader: Language): ReportBody {
  const { usage, error, rejected, answer } = report;
  return {
    id: report.id,
    status: report.status,
    language: report.language,
    question: report.question,
    answer: answer && toAnswerBody(answer, report),
    dataset: toDatasetPart(report),
    insights: report.insights.map((insight) => toInsightBody(insight, report)),
    rejected: rejected.map(({ reason, count }) => ({ reason, count })),
    verification: {
      numbers: report.verification.numbers,
      from_slots: report.verification.fromSlots,
      free_numbers: report.verification.freeNumbers,
      sentences_dropped: report.verification.sentencesDropped,
    },
    usage: {
      rows: usage.rows,
      sql_ms: usage.sqlMs,
      llm_ms: usage.llmMs,
      tokens_in: usage.tokens.promptTokens,
      tokens_out: usage.tokens.completionTokens,
      model: usage.model,
    },
    engine: { ...report.engine },
    error: error && toFailureBody(error, reader),
    created_at: report.createdAt.toISOString(),
    expires_at: report.expiresAt.toISOString(),
  };
}

export function toSummaryBody({ createdAt, ...summary }: InsightSummary): InsightPage['items'][number] {
  const { id, status, question, headline } = summary;
  return { id, status, question, headline, created_at: createdAt.toISOString() };
}

export function toVerificationBody({ id, verified, evidence, facts }: Verification): InsightVerification {
  return {
    id,
    verified,
    evidence: evidence.map(({ insightId, identical, hash, ...each }) => ({
      insight_id: insightId,
      id: each.id,
      identical,
      result_hash: hash,
    })),
    facts: { ...facts },
  };
}

/** Insights are told after the profile, whose tables say which names may be shown. */
export function createEventEncoder(reader: Language): (part: InsightPart) => ServerEvent {
  let wording: Wording = { language: 'pt', tables: [] };
  return (part) => {
    switch (part.type) {
      case 'profile':
        wording = part.report;
        return { event: part.type, data: toDatasetPart(part.report) };
      case 'insight':
        return { event: part.type, data: toInsightBody(part.insight, wording) };
      case 'answer':
        return { event: part.type, data: toAnswerBody(part.answer, wording) };
      case 'done':
        return { event: part.type, data: toReportBody(part.report, reader) };
      default:
        return part satisfies never;
    }
  };
}

function toDatasetPart({ fingerprint, datasets, tables, warnings, language }: InsightReport): ReportBody['dataset'] {
  const idOf = new Map(datasets.map(({ name, datasetId }) => [name, datasetId]));
  return {
    fingerprint,
    tables: tables.map(({ name, rows, columns }) => ({
      name,
      dataset_id: idOf.get(name) ?? '',
      rows,
      columns: columns.map((column) => ({
        name: column.name,
        type: column.type,
        role: column.role,
        unit: column.unit,
        nulls: column.nulls,
        distinct: column.distinct,
        pii: column.pii,
      })),
    })),
    warnings: warnings.map((warning) => ({ ...warning, text: warningText(warning, language) })),
  };
}

function toInsightBody(insight: Insight, wording: Wording): InsightBody {
  const { subject, narrative, score, chart } = insight;
  return {
    id: insight.id,
    type: insight.type,
    subject: {
      table: subject.table,
      measure: subject.measure,
      aggregation: subject.aggregation,
      filters: subject.filters.map(({ column, value }) => ({ column, op: '=', value })),
      breakdown: subject.breakdown,
      period: subject.period && { ...subject.period },
    },
    headline: narrative.headline,
    headline_template: narrative.headlineTemplate,
    explanation: narrative.explanation,
    explanation_template: narrative.explanationTemplate,
    narrative: narrative.origin,
    facts: toFacts(insight.facts),
    labels: toLabels(insight.labels, wording),
    evidence: insight.evidence.map(toEvidenceBody),
    score: {
      rank: insight.rank,
      impact: score.impact,
      significance: score.significance,
      p: score.p,
      q: score.q,
      effect: score.effect,
      test: score.test,
      n: score.n,
      confidence: score.confidence,
    },
    caveats: [...insight.caveatTexts],
    action: { ...narrative.action, basis: [insight.id] },
    citations: insight.citations.map(toCitationBody),
    chart: chart && { vega_lite: { ...chart.vegaLite }, svg: chart.svg },
  };
}

function toAnswerBody(answer: DataAnswer, wording: Wording): NonNullable<ReportBody['answer']> {
  return {
    text: answer.text,
    insight_ids: [...answer.insightIds],
    needs_clarification: answer.needsClarification,
    facts: toFacts(answer.facts),
    labels: toLabels(answer.labels, wording),
    evidence: answer.evidence.map(toEvidenceBody),
  };
}

function toFacts(facts: Readonly<Record<string, Fact>>): Facts {
  return Object.fromEntries(
    Object.entries(facts).map(([name, { value, unit, evidence, from }]) => {
      const isCell = 'pointer' in from;
      const path = isCell ? from.pointer : null;
      const derivation = isCell ? null : from.derivation;
      return [name, { value, type: 'decimal', unit, evidence, path, derivation }];
    }),
  );
}

function toLabels(labels: Readonly<Record<string, Label>>, wording: Wording): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).map(([name, label]) => [name, labelName(label, wording).text]));
}

function toEvidenceBody({ id, sql, origin, result, hash }: Evidence): InsightBody['evidence'][number] {
  return {
    id,
    sql,
    origin,
    columns: result.columns.map((column) => ({ ...column })),
    rows: result.rows.map((row) => [...row]),
    row_count: result.rows.length,
    truncated: result.truncated,
    elapsed_ms: result.elapsedMs,
    result_hash: hash,
  };
}
