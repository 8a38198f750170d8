import type { Grain } from '../../../../models/insight.ts';
import type { Language } from '../../../../models/language.ts';
import { readGrain, readGroup, readLimited, readTarget, type AskedBreakdown } from '../match/breakdowns.ts';
import { readGrowth, type Growth } from '../words/growth-words.ts';
import { readNumberFilters, type NumberFilter } from '../match/number-filters.ts';
import type { Combination } from './plan.ts';
import type { QuestionText } from '../words/question-text.ts';
import { readLimit, readSuperlative, type Superlative } from '../words/superlatives.ts';

/** What a question wants done, as far as its words say; marks are those that are left in the text. */
export interface Intents extends Superlative, Growth {
  numberFilters: NumberFilter[];
  /** Members that are left out, by their marks. */
  excluded: number[];
  /** Columns of true and false that must be false. */
  negated: number[];
  /** By a column or a grain. */
  group: AskedBreakdown | null;
  /** Named as what is asked for: "qual região", "top 5 produtos". */
  target: AskedBreakdown | null;
  limit: number | null;
  isRanking: boolean;
  isShare: boolean;
  isComparison: boolean;
  isCourse: boolean;
  isCount: boolean;
  isDistinct: boolean;
  /** "Por pedido": per row. */
  isPerRow: boolean;
  combination: Combination | null;
  /** An average "per month", where there are amounts that add up; of others it is the average in each month. */
  averagedOver: Grain | null;
  /** "Total", which of a stock is no sum over time. */
  isTotal: boolean;
  spans: { first: number; last: number | null }[];
}

const combinations: readonly [Combination, string][] = [
  ['median', 'median[oa]s?|median'],
  ['avg', 'em media|on average|medias?|medi[oa]s?|average|avg|mean'],
  ['sum', 'soma(?:torio)?|some|somar|somad[oa]s?|sum'],
];

const shareWords = [
  'participac(?:ao|oes)|percentua(?:l|is)|porcentage(?:m|ns)|percentagem|proporcao|fatia|contribuic(?:ao|oes)',
  'represent(?:a|am|ou|aram)|correspond(?:e|em|eu|eram)(?: a)?|respond(?:e|em|eu|eram) por',
  'share|percentage|percent|proportion|contribution|represents?|accounts? for|accounted for|makes? up|%',
].join('|');

/** Takes the words that say what is wanted out of the question. */
export function readIntents(text: QuestionText, language: Language): Intents {
  text.take(/por favor|me (?:diga|mostre|da|de)/);
  const numberFilters = readNumberFilters(text, language);
  const excluded = takeAll(
    text,
    /(?:exceto|menos|fora|excluindo|excluido|sem contar|except(?: for)?|excluding|other than) (?:(?:o|a|os|as|the|no|na|for|in|·) )*@m(\d+)/,
  );
  const negated = takeAll(text, /(?:nao|not) (?:foram |foi |esta |estao |are |is |were |was )?@cb(\d+)/);
  const growth = readGrowth(text);
  const limit = readLimit(text);
  const isRanking = text.take(/(?:o |um |the |a )?ranking(?: (?:de|dos|das|of))?|rank|ordene|classifique/) !== null;
  const isShare = takeMany(text, new RegExp(`(?:(?:por|by) )?(?:que |qual |what )?(?:${shareWords})`));
  const isComparison = takeMany(
    text,
    /compare|comparar|comparad[oa]s?|comparac(?:ao|oes)|comparando|em relacao(?: ao?)?|frente ao?|versus|vs|contra|against|x|diferencas?|difference|compared|comparison/,
  );
  const isCourse =
    text.take(/evolucao|evoluiu|evolution|over time|ao longo do tempo|serie historica|historico|history/) !== null;
  const isCount = takeMany(
    text,
    /quant[oa]s(?: sao| foram)?|how many|(?:o )?numero(?: total)? d[eoa]s?|(?:the )?(?:total )?number of|contagem(?: d[eoa]s?)?|count(?: of)?|conte/,
  );
  const isDistinct = takeMany(text, /distint[oa]s?|diferentes?|unic[oa]s?|distinct|different|unique/);
  const combined = combinations.find(([, words]) => text.take(new RegExp(words)) !== null)?.[0] ?? null;
  // "Por receita" behind a ranking is no group, and "por pedido" is each row.
  text.take(isCount ? /(?:por|by)(?= @(?:cm|t))/ : /(?:por|by)(?= @cm)/);
  text.take(/para(?= (?:(?:o|a|os|as) )?@[mp])/);
  const isPerRow = text.take(/(?:por|per) @t/) !== null;
  const averagedOver = combined === 'avg' ? readGrain(text) : null;
  const grouped = readGroup(text);
  const spans = readSpans(text, growth.isGrowth || isComparison);
  const target = readTarget(text) ?? (limit === null ? null : readLimited(text));
  const { superlative, isJudged, isOfValue } = limit ?? readSuperlative(text);
  return {
    numberFilters,
    excluded,
    negated,
    ...growth,
    isRanking,
    isShare,
    isComparison,
    isCourse,
    isCount,
    isDistinct,
    isPerRow,
    averagedOver,
    spans,
    superlative,
    isJudged,
    isOfValue,
    target,
    limit: limit?.limit ?? null,
    group: grouped,
    combination: combined,
    isTotal: takeMany(text, /tota(?:l|is)|overall|ao todo|in all/),
  };
}

/** "De março a maio" is one span; "de março para maio", and what is compared, are two periods. */
function readSpans(text: QuestionText, areCompared: boolean): Intents['spans'] {
  const since = text.take(/(?:desde|since|a partir de) (?:o |a |the )?@p(\d+)(?! (?:a|ate|to|until|through))/);
  if (since !== null) return [{ first: Number(since[1]), last: null }];
  if (areCompared) {
    text.take(/(?:de|do|from|entre|between)(?= (?:(?:o|a|the) )?@p\d+ (?:para|to|a|ao|e|and) (?:(?:o|a|the) )?@p)/);
    text.take(/(?<=@p\d+ )(?:para|to|a|ao|e|and)(?= (?:(?:o|a|the) )?@p)/);
    return [];
  }
  const two =
    text.take(/(?:de|do|from|desde|since) @p(\d+) (?:a|ao|ate|ate o|to|until|through) @p(\d+)/) ??
    text.take(/(?:entre|between) @p(\d+) (?:e|and) @p(\d+)/) ??
    text.take(/@p(\d+) (?:a|ate|to|through) @p(\d+)/);
  return two === null ? [] : [{ first: Number(two[1]), last: Number(two[2]) }];
}

function takeAll(text: QuestionText, form: RegExp): number[] {
  const found: number[] = [];
  for (let match = text.take(form); match !== null; match = text.take(form)) found.push(Number(match[1]));
  return found;
}

/** Whether it is said, once or several times. */
function takeMany(text: QuestionText, form: RegExp): boolean {
  let isFound = false;
  while (text.take(form) !== null) isFound = true;
  return isFound;
}
