import type { Caveat } from '../../../models/insight.ts';
import type { Language } from '../../../models/language.ts';
import type { Aggregation } from '../../../models/table.ts';
import { columnText } from './clean-name.ts';
import { formatNumber } from './format-number.ts';
import { periodName } from './period-text.ts';

const aggregations: Readonly<Record<Language, Readonly<Record<Aggregation, string>>>> = {
  pt: { sum: 'soma', avg: 'média', last: 'último valor', count: 'contagem' },
  en: { sum: 'sum', avg: 'average', last: 'last value', count: 'count' },
};

/** What a reader must know before believing a finding, a sentence for each caveat. */
export function caveatTexts(caveats: readonly Caveat[], language: Language): readonly string[] {
  return caveats.map((caveat) => (language === 'pt' ? portuguese(caveat) : english(caveat)));
}

function portuguese(caveat: Caveat): string {
  switch (caveat.code) {
    case 'partial_period': {
      const { text } = periodName(caveat.period, { grain: caveat.grain, language: 'pt' });
      return `Período incompleto: ${text}, ${count(caveat.days, 'pt')} de ${count(caveat.of, 'pt')} dias.`;
    }
    case 'reversed_in_parts':
      return `O sentido se inverte dentro dos grupos de “${columnText(caveat.breakdown)}”: o total engana.`;
    case 'heavy_tails':
      return 'Valores extremos são comuns nesses dados: o que se destaca pode não ser anormal.';
    case 'few_values':
      return `Poucos valores para ter certeza: ${count(caveat.n, 'pt')}.`;
    case 'guessed_aggregation':
      return `Presumiu-se como agregar “${columnText(caveat.column)}”: ${aggregations.pt[caveat.aggregation]}.`;
    case 'small_groups_hidden':
      return `Grupos pequenos demais para mostrar, deixados de fora: ${count(caveat.groups, 'pt')}.`;
    case 'different_lengths':
      return 'Os períodos comparados não têm o mesmo número de dias.';
    default:
      return caveat satisfies never;
  }
}

function english(caveat: Caveat): string {
  switch (caveat.code) {
    case 'partial_period': {
      const { text } = periodName(caveat.period, { grain: caveat.grain, language: 'en' });
      return `Incomplete period: ${text}, ${count(caveat.days, 'en')} of ${count(caveat.of, 'en')} days.`;
    }
    case 'reversed_in_parts':
      return `The direction is reversed within the groups of “${columnText(caveat.breakdown)}”: the total misleads.`;
    case 'heavy_tails':
      return 'Extreme values are common in this data: what stands out may not be abnormal.';
    case 'few_values':
      return `Few values to be certain: ${count(caveat.n, 'en')}.`;
    case 'guessed_aggregation':
      return `How to aggregate “${columnText(caveat.column)}” was assumed: ${aggregations.en[caveat.aggregation]}.`;
    case 'small_groups_hidden':
      return `Groups too small to be shown, left out: ${count(caveat.groups, 'en')}.`;
    case 'different_lengths':
      return 'The periods compared do not have the same number of days.';
    default:
      return caveat satisfies never;
  }
}

function count(value: number, language: Language): string {
  return formatNumber(`${value}`, { unit: 'count', language, sign: 'plain' });
}
