import type { Language } from '../../../../models/language.ts';
import type { Comparison } from '../plan/plan.ts';
import type { QuestionText } from '../words/question-text.ts';

/** "Receita acima de 100", with the mark of the column. */
export interface NumberFilter {
  column: number;
  comparison: Comparison;
  numbers: string[];
}

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

/** Takes what numbers are compared with out of the question. */
export function readNumberFilters(text: QuestionText, language: Language): NumberFilter[] {
  const filters: NumberFilter[] = [];
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
): NumberFilter {
  const numbers = texts.map((text = '') => {
    const plain = language === 'pt' ? text.replaceAll('.', '').replace(',', '.') : text.replaceAll(',', '');
    return plain.replace(/\.$/, '');
  });
  return { column: Number(column), comparison, numbers };
}
