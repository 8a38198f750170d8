import type { InsightReport, InsightSummary } from '../models/insight.ts';
import { failureOf, type KeptFailure } from '../errors/failure.ts';

/** A report as JSON, which keeps every text and every decimal as it is. */
export function writeReport(report: InsightReport): string {
  return JSON.stringify(report);
}

export function readReport(json: string): InsightReport {
  const report = JSON.parse(json) as Omit<InsightReport, 'error'> & { error: KeptFailure<string> | null };
  const error = report.error && failureOf(report.error);
  return { ...report, error, createdAt: new Date(report.createdAt), expiresAt: new Date(report.expiresAt) };
}

export function summaryOf({ id, status, question, insights, createdAt }: InsightReport): InsightSummary {
  return { id, status, question, headline: insights[0]?.narrative.headline ?? null, createdAt };
}
