import type { NarrativeTemplates } from '../../../src/core/insights/narrative/built-in-narrative.ts';
import type { InsightType } from '../../../src/models/insight.ts';
import type { Language } from '../../../src/models/language.ts';

type Written = Readonly<Record<InsightType, readonly [headline: string, explanation: string][]>>;

const portuguese: Written = {
  trend: [
    [
      '{{subject}}: {{change_pct.noun}} consistente de {{change_pct.size}} entre {{first_period}} e {{last_period}}',
      'O valor passou de {{first}} em {{first_period}} para {{last}} em {{last_period}}.',
    ],
    [
      'A medida {{subject}} {{change_pct.direction}} {{change_pct.size}} ao longo da série',
      'A tendência é clara: de {{first}} para {{last}}, em {{periods}} períodos.',
    ],
  ],
  level_shift: [
    [
      '{{subject}} mudou de patamar em {{since}}: {{change_pct}}',
      'A mediana foi de {{before}} para {{after}} desde {{since}}.',
    ],
  ],
  time_outlier: [
    [
      '{{subject}}: {{when}} destoa, {{difference_pct.size}} {{difference_pct.position}} do esperado',
      'Em {{when}} o valor registrado foi {{value}}, enquanto o esperado era {{expected}}.',
    ],
  ],
  record_outlier: [
    [
      '{{subject}}: {{share_pct}} dos registros estão fora do padrão',
      'Há {{outliers}} registros além do limite usual, que é {{fence}}. O valor extremo é {{extreme}}.',
    ],
  ],
  category_outlier: [
    [
      '{{member}} destoa em {{subject}}',
      '{{member}} fica {{difference_pct.size}} {{difference_pct.position}} do típico. O valor é {{value}}; a mediana é {{typical}}.',
    ],
  ],
  change: [
    [
      '{{subject}} {{change_pct.direction}} {{change_pct.size}} em {{current_period}}',
      'O total passou de {{previous}} em {{previous_period}} para {{current}} em {{current_period}}.',
    ],
    [
      '{{subject}}: {{change_pct.noun}} de {{change_pct.size}} em {{current_period}} frente a {{previous_period}}',
      'A diferença entre {{previous_period}} e {{current_period}} foi de {{change}}.',
    ],
  ],
  contribution: [
    [
      '{{member}} explica {{share_pct}} da {{change.noun}} de {{subject}}',
      'Entre {{previous_period}} e {{current_period}}, {{member}} mudou {{part}}.',
    ],
  ],
  rate_mix: [
    [
      '{{subject}} {{change.direction}} {{change.size}} entre {{previous_period}} e {{current_period}}',
      'O efeito das taxas dentro dos grupos foi {{rate_effect}}, e o da participação foi {{mix_effect}}.',
    ],
  ],
  concentration: [
    [
      '{{subject}}: {{share_pct}} do total em {{top_members}} de {{members}} grupos',
      'O principal é {{member}}, com índice de concentração de {{hhi}}.',
    ],
  ],
  correlation: [
    [
      '{{subject}} e {{other}} andam {{rho.sense}}',
      'A correlação de Spearman entre as medidas é de {{rho}}, com {{pairs}} pares.',
    ],
  ],
  group_difference: [
    [
      '{{subject}}: {{highest_member}} está {{difference_pct.size}} {{difference_pct.position}} de {{lowest_member}}',
      'São {{highest}} em {{highest_member}} e {{lowest}} em {{lowest_member}}.',
    ],
  ],
  seasonality: [
    [
      '{{subject}} tem padrão sazonal: pico em {{peak_season}} e mínimo em {{trough_season}}',
      'No pico são {{peak}}; no mínimo, {{trough}}. O valor típico é {{typical}}.',
    ],
  ],
  steady: [
    ['{{subject}} segue estável em torno de {{typical}}', 'A variação é de {{variation_pct}} em {{periods}} períodos.'],
  ],
  steady_share: [
    [
      '{{subject}}: {{member}} segue com participação constante de {{share_pct}}',
      'A variação da participação é de {{variation_pct}}; a do total é de {{whole_variation_pct}}.',
    ],
  ],
  majority: [
    [
      '{{member}} concentra {{share_pct}} de {{subject}}',
      'Em seguida vem {{second_member}}, com {{second_share_pct}} do total.',
    ],
  ],
  data_quality: [
    ['{{problem}} em {{column}}: {{count}} registros', 'Isso afeta {{share_pct}} das linhas da coluna {{column}}.'],
  ],
};

const english: Written = {
  trend: [
    [
      '{{subject}} {{change_pct.direction}} {{change_pct.size}} from {{first_period}} to {{last_period}}',
      'The value went from {{first}} in {{first_period}} to {{last}} in {{last_period}}.',
    ],
    [
      '{{subject}}: a consistent {{change_pct.noun}} of {{change_pct.size}} over time',
      'The trend is clear: from {{first}} to {{last}}, over {{periods}} periods.',
    ],
  ],
  level_shift: [
    [
      '{{subject}} changed its level in {{since}}: {{change_pct}}',
      'The median went from {{before}} to {{after}} since {{since}}.',
    ],
  ],
  time_outlier: [
    [
      '{{subject}}: {{when}} is unusual, {{difference_pct.size}} {{difference_pct.position}} what was expected',
      'In {{when}} the recorded value was {{value}}, while the expected value was {{expected}}.',
    ],
  ],
  record_outlier: [
    [
      '{{subject}}: {{share_pct}} of the records are outside the usual range',
      'There are {{outliers}} records beyond the usual limit, which is {{fence}}. The extreme value is {{extreme}}.',
    ],
  ],
  category_outlier: [
    [
      '{{member}} is unusual in {{subject}}',
      '{{member}} is {{difference_pct.size}} {{difference_pct.position}} the typical. Its value is {{value}}; the median is {{typical}}.',
    ],
  ],
  change: [
    [
      '{{subject}} {{change_pct.direction}} by {{change_pct.size}} in {{current_period}}',
      'The total went from {{previous}} in {{previous_period}} to {{current}} in {{current_period}}.',
    ],
    [
      '{{subject}}: a {{change_pct.noun}} of {{change_pct.size}} in {{current_period}} against {{previous_period}}',
      'The difference between {{previous_period}} and {{current_period}} was {{change}}.',
    ],
  ],
  contribution: [
    [
      '{{member}} explains {{share_pct}} of the {{change.noun}} of {{subject}}',
      'Between {{previous_period}} and {{current_period}}, {{member}} changed by {{part}}.',
    ],
  ],
  rate_mix: [
    [
      '{{subject}} {{change.direction}} by {{change.size}} between {{previous_period}} and {{current_period}}',
      'The effect of the rates within groups was {{rate_effect}}, and the effect of the mix was {{mix_effect}}.',
    ],
  ],
  concentration: [
    [
      '{{subject}}: {{share_pct}} of the total is in {{top_members}} of {{members}} groups',
      'The main group is {{member}}, with a concentration index of {{hhi}}.',
    ],
  ],
  correlation: [
    [
      '{{subject}} and {{other}} move {{rho.sense}}',
      'The Spearman correlation between these measures is {{rho}}, with {{pairs}} pairs.',
    ],
  ],
  group_difference: [
    [
      '{{subject}}: {{highest_member}} is {{difference_pct.size}} {{difference_pct.position}} {{lowest_member}}',
      'It is {{highest}} in {{highest_member}} and {{lowest}} in {{lowest_member}}.',
    ],
  ],
  seasonality: [
    [
      '{{subject}} has a seasonal pattern: its peak in {{peak_season}} and its trough in {{trough_season}}',
      'At the peak it is {{peak}}; at the trough, {{trough}}. The typical value is {{typical}}.',
    ],
  ],
  steady: [
    ['{{subject}} is steady around {{typical}}', 'The variation is {{variation_pct}} over {{periods}} periods.'],
  ],
  steady_share: [
    [
      '{{subject}}: {{member}} has a steady share of {{share_pct}}',
      'The variation of its share is {{variation_pct}}; that of the total is {{whole_variation_pct}}.',
    ],
  ],
  majority: [
    [
      '{{member}} makes {{share_pct}} of {{subject}}',
      'The next group is {{second_member}}, with {{second_share_pct}} of the total.',
    ],
  ],
  data_quality: [
    [
      '{{problem}} in {{column}}: {{count}} records',
      'This affects {{share_pct}} of the rows in the column {{column}}.',
    ],
  ],
};

const actions: Readonly<Record<Language, readonly string[]>> = {
  pt: [
    'Verifique com a equipe responsável o que mudou.',
    'Analise os dados de cada grupo antes de agir.',
    'Considere revisar os preços e as campanhas, pois podem ter efeito.',
  ],
  en: [
    'Check with the responsible team what changed.',
    'Look at the data of each group before acting.',
    'Consider the prices and the campaigns, because they may have an effect.',
  ],
};

/** What a model that keeps the rules may write about a finding of that kind. */
export function decentNarrative(
  type: InsightType,
  { language, variant }: { language: Language; variant: number },
): NarrativeTemplates {
  const written = (language === 'pt' ? portuguese : english)[type];
  const [headline = '', explanation = ''] = written[variant % written.length] ?? [];
  return { headline, explanation, action: actions[language][variant % 3] ?? '' };
}
