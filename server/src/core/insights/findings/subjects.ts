import type { Caveat, InsightSubject, TableProfile } from '../../../models/insight.ts';
import type { Investigation } from './investigation.ts';
import type { Measure } from '../queries/measures.ts';
import type { Series } from '../series/series.ts';
import type { Member } from '../queries/subspaces.ts';

export interface SubjectParts {
  measure: Measure | null;
  filters?: readonly Member[];
  breakdown?: string | null;
  period?: InsightSubject['period'];
}

export function subjectOf(
  table: TableProfile,
  { measure, filters = [], breakdown = null, period = null }: SubjectParts,
): InsightSubject {
  const about = { measure: measure?.column ?? null, aggregation: measure?.aggregation ?? null };
  return { table: table.name, ...about, filters, breakdown, period };
}

/** A series from its first to its last period, compared with no other. */
export function aboutSeries(table: TableProfile, { axis, measure, filters }: Series): InsightSubject {
  const period = { grain: axis.grain, current: axis.periods.at(-1) ?? '', previous: null };
  return subjectOf(table, { measure, filters, period });
}

/** What whoever reads anything about this measure must know. */
export function measureCaveats({ warnings, table }: Investigation, measure: Measure): Caveat[] {
  const { column, aggregation } = measure;
  const isGuessed = warnings.some(
    (warning) => warning.code === 'guessed_aggregation' && warning.table === table.name && warning.column === column,
  );
  return isGuessed && column !== null ? [{ code: 'guessed_aggregation', column, aggregation }] : [];
}

const enoughValues = 12;

/** The same for what is about time. */
export function timeCaveats(investigation: Investigation, { measure, n }: { measure: Measure; n: number }): Caveat[] {
  const { time } = investigation.table;
  const partial = time?.partial;
  return [
    ...measureCaveats(investigation, measure),
    ...(time !== null && partial !== null && partial !== undefined
      ? [{ code: 'partial_period' as const, grain: time.grain, ...partial }]
      : []),
    ...(n < enoughValues ? [{ code: 'few_values' as const, n }] : []),
  ];
}
