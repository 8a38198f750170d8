import type { InsightType } from '../../../models/insight.ts';
import type { Candidate, Detector, Investigation } from '../findings/investigation.ts';
import { categoryOutlier } from './category-outlier.ts';
import { change } from './change.ts';
import { concentration } from './concentration.ts';
import { contribution } from './contribution.ts';
import { correlation } from './correlation.ts';
import { dataQuality } from './data-quality.ts';
import { groupDifference } from './group-difference.ts';
import { levelShift } from './level-shift.ts';
import { majority } from './majority.ts';
import { rateMix } from './rate-mix.ts';
import { recordOutlier } from './record-outlier.ts';
import { seasonality } from './seasonality.ts';
import { steady } from './steady.ts';
import { steadyShare } from './steady-share.ts';
import { timeOutlier } from './time-outlier.ts';
import { trend } from './trend.ts';

/** Another number when the same data may give other insights. */
export const detectorsVersion = '2';

/** In the order in which they run: those that a question is most often about first. */
export const detectors = {
  data_quality: dataQuality,
  change,
  contribution,
  rate_mix: rateMix,
  trend,
  level_shift: levelShift,
  time_outlier: timeOutlier,
  concentration,
  majority,
  category_outlier: categoryOutlier,
  seasonality,
  steady,
  steady_share: steadyShare,
  correlation,
  record_outlier: recordOutlier,
  group_difference: groupDifference,
} as const satisfies Record<InsightType, Detector>;

/**
 * Everything that all wanted detectors looked at, whether they found it or not. When the signal aborts, what was
 * looked at by then, and `isComplete` is false. Rejects with what a session rejects with.
 */
export async function investigate(
  investigation: Investigation,
): Promise<{ candidates: Candidate[]; isComplete: boolean }> {
  const candidates: Candidate[] = [];
  for (const [type, detect] of Object.entries(detectors)) {
    if (investigation.signal.aborted) break;
    if ([...investigation.types].some((wanted) => wanted === type)) candidates.push(...(await detect(investigation)));
  }
  return { candidates, isComplete: !investigation.signal.aborted };
}
