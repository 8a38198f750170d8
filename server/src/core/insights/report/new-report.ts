import type { InsightReport } from '../../../models/insight.ts';
import type { Language } from '../../../models/language.ts';
import type { Principal } from '../../../models/principal.ts';
import { detectLanguage } from '../../retrieval/language.ts';
import { expiryOf } from '../datasets/datasets.ts';
import { detectorsVersion } from '../detectors/detectors.ts';
import type { KeptRequest } from '../insight-request.ts';
import type { InsightPorts } from '../insight-ports.ts';

/** A report before anything was looked at. */
export function newReport(
  { id, request: { question, language, tables } }: { id: string; request: KeptRequest },
  { userId }: Pick<Principal, 'userId'>,
  { dataEngine, now, keptDays }: Pick<InsightPorts, 'dataEngine' | 'now' | 'keptDays'>,
): InsightReport {
  const createdAt = now();
  return {
    id,
    ownerId: userId,
    status: 'running',
    language: language ?? languageOf(question),
    question,
    datasets: tables.map(({ name, datasetId }) => ({ name, datasetId })),
    fingerprint: '',
    tables: [],
    warnings: [],
    answer: null,
    insights: [],
    rejected: [],
    verification: { numbers: 0, fromSlots: 0, freeNumbers: 0, sentencesDropped: 0 },
    usage: {
      rows: 0,
      sqlMs: 0,
      llmMs: 0,
      tokens: { promptTokens: 0, cachedTokens: 0, completionTokens: 0 },
      model: null,
    },
    engine: { duckdb: dataEngine.traits.engine, detectors: detectorsVersion },
    error: null,
    createdAt,
    expiresAt: expiryOf(createdAt, keptDays),
  };
}

function languageOf(question: string | null): Language {
  return question === null ? 'pt' : detectLanguage(question).language;
}
