import type { Grain } from '../../../../models/insight.ts';
import type { QuestionText } from '../words/question-text.ts';

/** By a column, by its mark, or by periods. */
export type AskedBreakdown = { column: number } | { grain: Grain };

const grainWords: readonly [Grain, RegExp][] = [
  ['day', /^(?:dias?|days?|diari[oa]s?|diariamente|daily)$/],
  ['week', /^(?:semanas?|weeks?|semanal|semanais|semanalmente|weekly)$/],
  ['month', /^(?:mes|meses|months?|mensal|mensais|mensalmente|monthly)$/],
  ['quarter', /^(?:trimestres?|quarters?|trimestral|trimestrais|trimestralmente|quarterly)$/],
  ['year', /^(?:anos?|years?|anual|anuais|anualmente|annual|annually|yearly)$/],
];
export const grainNoun =
  '(?:dias?|days?|semanas?|weeks?|mes|meses|months?|trimestres?|quarters?|anos?|years?)(?! (?:da semana|of the week))';
const grainAdjective =
  'mensal|mensais|mensalmente|monthly|diari[oa]s?|diariamente|daily|semanal|semanais|semanalmente|weekly|trimestral|trimestrais|trimestralmente|quarterly|anual|anuais|anualmente|annual|annually|yearly';
const article = '(?:(?:o|a|os|as|the|each|cada) )?';

const before =
  '(?:por|by|per|para cada|for each|for every|em cada|in each|de cada|of each|a cada|cada|each|segundo|across)';

/** "Por região", "monthly". */
export function readGroup(text: QuestionText): AskedBreakdown | null {
  const column = text.take(new RegExp(`${before} ${article}@c[dbt](\\d+)`));
  if (column !== null) return { column: Number(column[1]) };
  const grain = readGrain(text);
  return grain === null ? null : { grain };
}

/** "Por mês", "monthly". */
export function readGrain(text: QuestionText): Grain | null {
  const noun = text.take(new RegExp(`${before} ${article}(${grainNoun})`));
  return grainNamed((noun ?? text.take(new RegExp(`(${grainAdjective})`)))?.[1]);
}

/** "Qual região", "in which month". */
export function readTarget(text: QuestionText): AskedBreakdown | null {
  const asked = '(?:qua(?:l|is)|que|which|what)(?: (?:foi|foram|e|sao|era|is|are|was|were))?';
  const column = text.take(new RegExp(`(?:em |in |on |de )?${asked} ${article}@c[db](\\d+)(?! @m)`));
  if (column !== null) return { column: Number(column[1]) };
  const grain = text.take(new RegExp(`(?:em |in |on )?${asked} ${article}(${grainNoun})`));
  const named = grainNamed(grain?.[1]);
  return named === null ? null : { grain: named };
}

/** "Os 3 meses", of which the number is taken already. */
export function readLimited(text: QuestionText): AskedBreakdown | null {
  const grain = grainNamed(text.take(new RegExp(`(${grainNoun})`))?.[1]);
  return grain === null ? null : { grain };
}

/** The periods that a folded word is for; null for any other word. */
export function grainNamed(word: string | undefined): Grain | null {
  return grainWords.find(([, form]) => form.test(word ?? ''))?.[0] ?? null;
}
