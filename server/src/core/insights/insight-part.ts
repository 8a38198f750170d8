import type { DataAnswer, Insight, InsightReport } from '../../models/insight.ts';

/** Insights as they come into being: `profile` first, `done` last. What fails before `done` is thrown. */
export type InsightPart =
  /** The report as far as the tables tell it. */
  | { type: 'profile'; report: InsightReport }
  | { type: 'insight'; insight: Insight }
  | { type: 'answer'; answer: DataAnswer }
  | { type: 'done'; report: InsightReport };
