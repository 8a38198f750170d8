import type { InsightType } from '../../../models/insight.ts';

/**
 * The built-in sentences of one kind of insight. Of each list the first stands whose slots the finding can fill. They
 * must be right for a name of any gender and number, so they do not make names the subject of a Portuguese verb.
 */
export interface BuiltInSentences {
  headlines: readonly string[];
  explanations: readonly string[];
}
export type SentencesByType = Readonly<Record<InsightType, BuiltInSentences>>;
