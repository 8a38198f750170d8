import { quoteText } from '../../../../models/sql.ts';
import type { StagedContent } from '../staged-table.ts';
import type { TypeAttempt } from './type-attempt.ts';
import type { ColumnWarning } from './typed-column.ts';

/** What reads as a number in any form, without the zeros that a code begins with. */
const numberLike = String.raw`[+-]?(?:R\$|US\$|\$|€|£)? ?[+-]?(?:[1-9][0-9.,]*|0(?:[.,][0-9]+)?)(?:[eE][+-]?[0-9]+)? ?%?`;
const dateLike = String.raw`[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}(?:[T ].*)?`;
/** A program for spreadsheets runs what begins so. */
const formulaLike = '[=+@-].+';

/** A column that stays text, with what is strange about it. */
export function textColumn({ content, value }: { content: StagedContent; value: string }): TypeAttempt {
  const isNumberLike = `regexp_full_match(${value}, ${quoteText(numberLike)})`;
  return {
    value,
    looksOnce: false,
    computed: [],
    numbers: [
      `count(${value})`,
      `count_if(${isNumberLike})`,
      `count_if(regexp_full_match(${value}, ${quoteText(dateLike)}))`,
      `count_if(regexp_full_match(${value}, ${quoteText(formulaLike)}) AND NOT ${isNumberLike})`,
    ],
    decide([values = 0, numbers = 0, dates = 0, formulas = 0]) {
      const warnings: ColumnWarning[] = [];
      const strangers = strangersIn(content, { values, alike: Math.max(numbers, dates) });
      if (strangers > 0) warnings.push({ code: 'mixed_types', count: strangers });
      if (formulas > 0) warnings.push({ code: 'formula_text', count: formulas });
      return { select: value, warnings };
    },
  };
}

/** Where most values are numbers or dates, the others are what keeps the column from being one. */
function strangersIn(content: StagedContent, { values, alike }: { values: number; alike: number }): number {
  if (content.kind === 'mixed') return content.strangers;
  return content.kind === 'text' && alike * 2 > values ? values - alike : 0;
}
