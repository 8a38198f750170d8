import type { Finding, InsightType } from '../../../models/insight.ts';
import { isPersonal, subjectName, type WordingOptions } from '../narrative/label-text.ts';
import { barsOfMembers } from './bars-of-members.ts';
import { barsOfFacts } from './bars-of-facts.ts';
import { boxesBySeason } from './boxes-by-season.ts';
import { wholeChart, type Spec } from './chart-parts.ts';
import { lineOverTime, shareOverTime } from './line-over-time.ts';
import { pointsOfGroups } from './points-of-groups.ts';
import { waterfall } from './waterfall.ts';

/** What is inside a chart; null when the evidence has nothing to draw. */
export type DrawChart = (finding: Finding, options: WordingOptions) => Spec | null;

const drawings: Readonly<Record<InsightType, DrawChart>> = {
  trend: lineOverTime,
  level_shift: lineOverTime,
  time_outlier: lineOverTime,
  change: lineOverTime,
  steady: lineOverTime,
  steady_share: shareOverTime,
  seasonality: boxesBySeason,
  category_outlier: barsOfMembers,
  group_difference: barsOfMembers,
  concentration: barsOfMembers,
  majority: barsOfMembers,
  contribution: waterfall,
  rate_mix: barsOfFacts,
  record_outlier: barsOfFacts,
  data_quality: barsOfFacts,
  correlation: pointsOfGroups,
};

/**
 * A Vega-Lite specification from a closed set, which holds its data: rows of the evidence, no more than a reader can tell
 * apart, and nothing that is fetched or computed. Null where there is nothing to draw, or it would show persons.
 */
export function chartOf(finding: Finding, { language, tables }: WordingOptions): Spec | null {
  const { breakdown } = finding.subject;
  if (breakdown !== null && isPersonal(breakdown, tables)) return null;
  const content = drawings[finding.type](finding, { language, tables });
  if (content === null) return null;
  const { text } = subjectName(finding.subject, { language, tables });
  return wholeChart(content, { title: text.charAt(0).toUpperCase() + text.slice(1), language });
}
