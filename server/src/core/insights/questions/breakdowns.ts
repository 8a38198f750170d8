import type { Grain } from '../../../models/insight.ts';
import type { QuestionText } from './question-text.ts';

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

/** "Por região", "monthly". */
export function readGroup(text: QuestionText): AskedBreakdown | null {
  const before =
    '(?:por|by|per|para cada|for each|for every|em cada|in each|de cada|of each|a cada|cada|each|segundo|across)';
  const column = text.take(new RegExp(`${before} ${article}@c[dbt](\\d+)`));
  if (column !== null) return { column: Number(column[1]) };
  const noun = text.take(new RegExp(`${before} ${article}(${grainNoun})`));
  if (noun !== null) return grainGroup(noun[1]);
  const adjective = text.take(new RegExp(`(${grainAdjective})`));
  return adjective === null ? null : grainGroup(adjective[1]);
}

/** "Qual região", "in which month". */
export function readTarget(text: QuestionText): AskedBreakdown | null {
  const asked = '(?:qua(?:l|is)|que|which|what)(?: (?:foi|foram|e|sao|era|is|are|was|were))?';
  const column = text.take(new RegExp(`(?:em |in |on |de )?${asked} ${article}@c[db](\\d+)(?! @m)`));
  if (column !== null) return { column: Number(column[1]) };
  const grain = text.take(new RegExp(`(?:em |in |on )?${asked} ${article}(${grainNoun})`));
  return grain === null ? null : grainGroup(grain[1]);
}

function grainGroup(word: string | undefined): { grain: Grain } | null {
  const grain = grainWords.find(([, form]) => form.test(word ?? ''))?.[0];
  return grain === undefined ? null : { grain };
}
