import type { DataAnswer, Insight, InsightReport } from '../../models/insight.ts';
import { checkNumbers, sumOfChecks, type NumberCheck } from './narrative/check-numbers.ts';

/** The numbers in all sentences of a report, and how many of them its facts gave. */
export function countNumbers(
  { insights, answer }: { insights: readonly Insight[]; answer: DataAnswer | null },
  wording: Pick<InsightReport, 'language' | 'tables'>,
): NumberCheck {
  const check = (text: string, template: string, source: Insight | DataAnswer): NumberCheck =>
    checkNumbers(text, { template, source, ...wording });
  const told = insights.flatMap((insight) => {
    const { headline, headlineTemplate, explanation, explanationTemplate } = insight.narrative;
    return [check(headline, headlineTemplate, insight), check(explanation, explanationTemplate, insight)];
  });
  // An answer that is made of headlines was counted with them.
  const answered = answer === null || answer.template === '' ? [] : [check(answer.text, answer.template, answer)];
  return sumOfChecks([...told, ...answered]);
}
