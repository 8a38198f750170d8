import type { Grain } from '../../../models/insight.ts';
import type { Language } from '../../../models/language.ts';
import type { Combination, Comparison } from './plan.ts';
import type { QuestionText } from './question-text.ts';

/** What a question wants done, as far as its words say; marks are those that are left in the text. */
export interface Intents {
  numberFilters: { column: number; comparison: Comparison; numbers: string[] }[];
  /** Members that are left out, by their marks. */
  excluded: number[];
  /** Columns of true and false that must be false. */
  negated: number[];
  /** By a column or a grain. */
  group: { column: number } | { grain: Grain } | null;
  /** Named as what is asked for: "qual região", "top 5 produtos". */
  target: { column: number } | { grain: Grain } | null;
  superlative: 'highest' | 'lowest' | null;
  /** Said of a value ("maior", "highest"), not of an amount ("mais", "most"). */
  isOfValue: boolean;
  /** Said as good or bad, which is high or low only where more is known to be better. */
  isJudged: boolean;
  limit: number | null;
  isRanking: boolean;
  isShare: boolean;
  isGrowth: boolean;
  isComparison: boolean;
  isCourse: boolean;
  isYearAgo: boolean;
  isCount: boolean;
  isDistinct: boolean;
  /** "Por pedido": per row. */
  isPerRow: boolean;
  combination: Combination | null;
  /** "Total", which of a stock is no sum over time. */
  isTotal: boolean;
  spans: { first: number; last: number | null }[];
}

const grainWords: readonly [Grain, RegExp][] = [
  ['day', /^(?:dias?|days?|diari[oa]s?|diariamente|daily)$/],
  ['week', /^(?:semanas?|weeks?|semanal|semanais|semanalmente|weekly)$/],
  ['month', /^(?:mes|meses|months?|mensal|mensais|mensalmente|monthly)$/],
  ['quarter', /^(?:trimestres?|quarters?|trimestral|trimestrais|trimestralmente|quarterly)$/],
  ['year', /^(?:anos?|years?|anual|anuais|anualmente|annual|annually|yearly)$/],
];
const grainNoun =
  '(?:dias?|days?|semanas?|weeks?|mes|meses|months?|trimestres?|quarters?|anos?|years?)(?! (?:da semana|of the week))';
const grainAdjective =
  'mensal|mensais|mensalmente|monthly|diari[oa]s?|diariamente|daily|semanal|semanais|semanalmente|weekly|trimestral|trimestrais|trimestralmente|quarterly|anual|anuais|anualmente|annual|annually|yearly';
const article = '(?:(?:o|a|os|as|the|each|cada) )?';
const number = '(?:(?:r|us)?\\$ )?(\\d[\\d.,]*)(?: (?:reais|dolares|dollars|euros))?';

const comparisons: readonly [Comparison, string][] = [
  ['at_least', 'pelo menos|no minimo|at least'],
  ['at_most', 'no maximo|at most|up to'],
  [
    'above',
    'acima de|maior(?:es)? (?:do )?que|mais (?:de|do que|que)|superior(?:es)? a|above|over|(?:greater|more|higher|larger|bigger) than|exceeding',
  ],
  [
    'below',
    'abaixo de|menor(?:es)? (?:do )?que|menos (?:de|do que|que)|inferior(?:es)? a|below|under|(?:less|lower|fewer|smaller) than',
  ],
  ['equal', 'igual a|equal to|exactly|exatamente'],
];
const limitWords: Readonly<Record<string, number>> = {
  dois: 2,
  duas: 2,
  two: 2,
  tres: 3,
  three: 3,
  quatro: 4,
  four: 4,
  cinco: 5,
  five: 5,
  seis: 6,
  six: 6,
  sete: 7,
  seven: 7,
  oito: 8,
  eight: 8,
  nove: 9,
  nine: 9,
  dez: 10,
  ten: 10,
};
const limitNumber = `(\\d{1,3}|${Object.keys(limitWords).join('|')})`;
const high = 'maior(?:es)?|mais|highest|largest|biggest|most|top|greatest|maxim[oa]s?|max|maximum|principal|principais';
const low = 'menor(?:es)?|menos|lowest|smallest|least|fewest|minim[oa]s?|min|minimum|bottom';
const good = 'melhor(?:es)?|best';
const bad = 'pior(?:es)?|worst';

const ofAmounts = /^(?:mais|menos|most|least|fewest|top|bottom|principa.*)$/;

type Superlative = Pick<Intents, 'superlative' | 'isJudged' | 'isOfValue'>;

const combinations: readonly [Combination, string][] = [
  ['median', 'median[oa]s?|median'],
  ['avg', 'em media|on average|medias?|medi[oa]s?|average|avg|mean'],
  ['sum', 'soma(?:torio)?|some|somar|somad[oa]s?|sum'],
];

/** Takes the words that say what is wanted out of the question. */
export function readIntents(text: QuestionText, language: Language): Intents {
  text.take(/por favor|me (?:diga|mostre|da|de)/);
  const numberFilters = readNumberFilters(text, language);
  const excluded = takeAll(
    text,
    /(?:exceto|menos|fora|excluindo|excluido|sem contar|except(?: for)?|excluding|other than) (?:(?:o|a|os|as|the|no|na|for|in|·) )*@m(\d+)/,
  );
  const negated = takeAll(text, /(?:nao|not) (?:foram |foi |esta |estao |are |is |were |was )?@cb(\d+)/);
  const isYearAgo = text.take(yearAgo) !== null;
  const isPrevious = text.take(previousPeriod) !== null;
  const isGrowth = text.take(growth) !== null || isYearAgo || isPrevious;
  const limit = readLimit(text);
  const isRanking = text.take(/(?:o |um |the |a )?ranking(?: (?:de|dos|das|of))?|rank|ordene|classifique/) !== null;
  const isShare = takeMany(
    text,
    /(?:que |qual |what )?(?:participac(?:ao|oes)|percentua(?:l|is)|porcentage(?:m|ns)|percentagem|proporcao|fatia|share|percentage|percent|proportion|%)/,
  );
  const isComparison = takeMany(
    text,
    /compare|comparar|comparad[oa]s?|comparac(?:ao|oes)|comparando|versus|vs|contra|x|diferencas?|difference|compared|comparison/,
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
  const grouped = readGroup(text);
  const spans = readSpans(text, isGrowth || isComparison);
  const target = readTarget(text);
  const { superlative, isJudged, isOfValue } = limit ?? readSuperlative(text);
  return {
    numberFilters,
    excluded,
    negated,
    isYearAgo,
    isGrowth,
    isRanking,
    isShare,
    isComparison,
    isCourse,
    isCount,
    isDistinct,
    isPerRow,
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

const yearAgo =
  /(?:em relacao|comparad[oa]|frente|contra|versus|vs|compared)?(?: ?(?:ao?|com o|to|with))?(?: ?(?:o|the))? ?(?:mesmo (?:mes|periodo|trimestre) d[oe] ano (?:passado|anterior)|same (?:month|period|quarter) (?:of )?last year|year over year|ano contra ano|year on year|yoy)/;
const previousPeriod =
  /(?:em relacao|comparad[oa]|frente|contra|versus|vs|compared|over|from)(?: (?:ao?|com o|com a|to|with|o|a))?(?: the)? (?:(?:mes|trimestre|semana|periodo|dia) anterior|previous (?:month|quarter|week|period|day))/;
const growth =
  /(?:o |a |the )?(?:crescimento|cresceu|cresceram|variac(?:ao|oes)|variou|variaram|aumentou|aumentaram|aumento|caiu|cairam|queda|diminuiu|reducao|growth|grew|grow|changed?|increased?|decreased?|dropped|drop|fell|fall|rise|rose)/;

function readNumberFilters(text: QuestionText, language: Language): Intents['numberFilters'] {
  const filters: Intents['numberFilters'] = [];
  const between = text.take(new RegExp(`@cm(\\d+) (?:entre|between) ${number} (?:e|and) ${number}`));
  if (between !== null)
    filters.push(numberFilter(between[1], { comparison: 'between', texts: [between[2], between[3]], language }));
  for (const [comparison, words] of comparisons) {
    const behind = text.take(new RegExp(`@cm(\\d+) (?:(?:e|foi|is|are|was|of|de) )?(?:${words}) ${number}`));
    if (behind !== null) filters.push(numberFilter(behind[1], { comparison, texts: [behind[2]], language }));
    const before = text.take(new RegExp(`(?:${words}) ${number} (?:(?:de|of|em|in) )?@cm(\\d+)`));
    if (before !== null) filters.push(numberFilter(before[2], { comparison, texts: [before[1]], language }));
  }
  return filters;
}

function numberFilter(
  column: string | undefined,
  {
    comparison,
    texts,
    language,
  }: { comparison: Comparison; texts: readonly (string | undefined)[]; language: Language },
): Intents['numberFilters'][number] {
  const numbers = texts.map((text = '') => {
    const plain = language === 'pt' ? text.replaceAll('.', '').replace(',', '.') : text.replaceAll(',', '');
    return plain.replace(/\.$/, '');
  });
  return { column: Number(column), comparison, numbers };
}

function readLimit(text: QuestionText): (Superlative & { limit: number }) | null {
  const forms = [
    `(?:${high}|${good}|${low}|${bad}) ${limitNumber}`,
    `${limitNumber} (?:${high}|${good}|${low}|${bad})`,
  ];
  for (const form of forms) {
    // "mais de 100" and "2 lojas" are no such thing: a column or a grain must come.
    const match = text.take(new RegExp(`(?:os |as |the )?${form}(?= @c[db]| ${grainNoun})`));
    if (match === null) continue;
    const count = match[1] ?? '';
    const isLow = new RegExp(`(?<![^ ])(?:${low}|${bad})(?![^ ])`).test(match[0]);
    const isJudged = new RegExp(`(?<![^ ])(?:${good}|${bad})(?![^ ])`).test(match[0]);
    // "5 produtos com maior receita" says it once more.
    if (!isJudged) text.take(new RegExp(isLow ? low : high));
    const superlative = isLow ? 'lowest' : 'highest';
    return { limit: limitWords[count] ?? Number(count), superlative, isJudged, isOfValue: false };
  }
  return null;
}

function readSuperlative(text: QuestionText): Superlative {
  const words: readonly [string, 'highest' | 'lowest', boolean][] = [
    [high, 'highest', false],
    [low, 'lowest', false],
    [good, 'highest', true],
    [bad, 'lowest', true],
  ];
  for (const [form, superlative, isJudged] of words) {
    const word = text.take(new RegExp(form))?.[0];
    if (word !== undefined) return { superlative, isJudged, isOfValue: !ofAmounts.test(word) };
  }
  return { superlative: null, isJudged: false, isOfValue: false };
}

function readGroup(text: QuestionText): Intents['group'] {
  const before =
    '(?:por|by|per|para cada|for each|for every|em cada|in each|de cada|of each|a cada|cada|each|segundo|across)';
  const column = text.take(new RegExp(`${before} ${article}@c[dbt](\\d+)`));
  if (column !== null) return { column: Number(column[1]) };
  const noun = text.take(new RegExp(`${before} ${article}(${grainNoun})`));
  if (noun !== null) return grainGroup(noun[1]);
  const adjective = text.take(new RegExp(`(${grainAdjective})`));
  return adjective === null ? null : grainGroup(adjective[1]);
}

function readTarget(text: QuestionText): Intents['target'] {
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

/** "De março a maio" is one span; "de março para maio", and what is compared, are two periods. */
function readSpans(text: QuestionText, areCompared: boolean): Intents['spans'] {
  const since = text.take(/(?:desde|since|a partir de) (?:o |a |the )?@p(\d+)(?! (?:a|ate|to|until|through))/);
  if (since !== null) return [{ first: Number(since[1]), last: null }];
  if (areCompared) {
    text.take(/(?:de|from|entre|between)(?= @p\d+ (?:para|to|a|e|and) @p)/);
    text.take(/(?<=@p\d+ )(?:para|to|a|e|and)(?= @p)/);
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
