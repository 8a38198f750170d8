import type { DataAnswer, Insight } from '../../../models/insight.ts';
import type { Language } from '../../../models/language.ts';

const mostHeadlines = 3;

const nothing: Readonly<Record<Language, string>> = {
  pt: 'Nada nestas tabelas se destaca além do que o acaso explica.',
  en: 'Nothing in these tables stands out beyond what chance explains.',
};

/** The answer to what asks why, or what is noteworthy: the first insights, whose facts and evidence are theirs. */
export function answerFromInsights(insights: readonly Insight[], language: Language): DataAnswer {
  const told = insights.slice(0, mostHeadlines);
  const text = told.map(({ narrative }) => sentence(narrative.headline)).join(' ');
  return {
    text: text === '' ? nothing[language] : text,
    template: '',
    facts: {},
    labels: {},
    evidence: [],
    insightIds: told.map(({ id }) => id),
    needsClarification: null,
  };
}

function sentence(headline: string): string {
  return /[.!?…]$/u.test(headline) ? headline : `${headline}.`;
}
