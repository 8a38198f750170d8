import type { SentencesByType } from './sentences.ts';

export const portugueseSentences: SentencesByType = {
  trend: {
    headlines: [
      '{{subject}}: tendência de {{change_pct.noun}}, {{change_pct}} entre {{first_period}} e {{last_period}}',
      '{{subject}}: tendência de {{change_pct.noun}}, {{change_pct}}',
    ],
    explanations: [
      'De {{first}} em {{first_period}} para {{last}} em {{last_period}}. A tendência é a mediana das inclinações entre pares de períodos: {{periods}} ao todo.',
      'De {{first}} para {{last}}, do começo ao fim da série.',
    ],
  },
  level_shift: {
    headlines: [
      '{{subject}}: novo patamar desde {{since}}, {{change_pct}}',
      '{{subject}}: novo patamar, {{change_pct}}',
    ],
    explanations: ['A mediana passou de {{before}} para {{after}}, e os valores seguem no novo patamar.'],
  },
  time_outlier: {
    headlines: [
      '{{subject}}: valor fora do padrão em {{when}}, {{difference_pct.size}} {{difference_pct.position}} do esperado',
      '{{subject}}: valor fora do padrão em {{when}}',
    ],
    explanations: ['O valor foi {{value}}; pelo andamento dos demais períodos, o esperado era {{expected}}.'],
  },
  record_outlier: {
    headlines: [
      '{{subject}}: {{share_pct}} dos registros fora da faixa usual',
      '{{subject}}: registros fora da faixa usual',
    ],
    explanations: [
      'Além do limite de {{fence}}, o número de registros é {{outliers}}. O valor extremo é {{extreme}}.',
      'O valor extremo é {{extreme}}.',
    ],
  },
  category_outlier: {
    headlines: [
      '{{subject}}: {{member}} está {{difference_pct.size}} {{difference_pct.position}} do típico',
      '{{subject}}: {{member}} está fora do padrão',
    ],
    explanations: ['O valor em {{member}} é {{value}}; a mediana dos grupos é {{typical}}.'],
  },
  change: {
    headlines: [
      '{{subject}}: {{change_pct.noun}} de {{change_pct.size}} em {{current_period}}',
      '{{subject}}: {{change.noun}} de {{change.size}} em {{current_period}}',
      '{{subject}}: {{change_pct.noun}} de {{change_pct.size}}',
    ],
    explanations: [
      'De {{previous}} em {{previous_period}} para {{current}} em {{current_period}}, uma diferença de {{change}}.',
      'De {{previous}} para {{current}}.',
    ],
  },
  contribution: {
    headlines: [
      '{{subject}}: {{change_pct.noun}} de {{change_pct.size}}, e {{member}} responde por {{share_pct}} da mudança',
      '{{subject}}: {{member}} responde por {{share_pct}} da {{change.noun}} de {{change.size}}',
    ],
    explanations: [
      'Entre {{previous_period}} e {{current_period}}, a mudança em {{member}} foi de {{part}}. Grupos que explicam a maior parte dela: {{members}}.',
      'A mudança em {{member}} foi de {{part}}.',
    ],
  },
  rate_mix: {
    headlines: [
      '{{subject}}: {{change.noun}} de {{change.size}} em {{current_period}}',
      '{{subject}}: {{change.noun}} de {{change.size}}',
    ],
    explanations: [
      'De {{previous}} em {{previous_period}} para {{current}} em {{current_period}}. O que mudou dentro dos grupos vale {{rate_effect}}; a mudança na participação de cada grupo vale {{mix_effect}}.',
      'O que mudou dentro dos grupos vale {{rate_effect}}; a mudança na participação de cada grupo vale {{mix_effect}}.',
    ],
  },
  concentration: {
    headlines: [
      '{{subject}}: {{share_pct}} do total em {{top_members}} de {{members}} valores de {{breakdown}}',
      '{{subject}}: {{share_pct}} do total em poucos valores de {{breakdown}}',
    ],
    explanations: [
      'O principal é {{member}}. O índice de concentração (HHI) é de {{hhi}}.',
      'O principal é {{member}}.',
    ],
  },
  correlation: {
    headlines: ['{{subject}} e {{other}} variam {{rho.sense}}'],
    explanations: [
      'A correlação de Spearman é de {{rho}}, em {{pairs}} pares de valores. Andar junto não mostra que uma coisa leve à outra.',
      'A correlação de Spearman é de {{rho}}.',
    ],
  },
  group_difference: {
    headlines: [
      '{{subject}}: {{highest_member}} está {{difference_pct.size}} {{difference_pct.position}} de {{lowest_member}}',
      '{{subject}}: {{highest_member}} e {{lowest_member}} diferem',
    ],
    explanations: [
      'O valor típico é de {{highest}} em {{highest_member}} e de {{lowest}} em {{lowest_member}}, os extremos de {{breakdown}}.',
    ],
  },
  seasonality: {
    headlines: ['{{subject}}: padrão que se repete, com pico em {{peak_season}} e mínimo em {{trough_season}}'],
    explanations: ['O típico é {{typical}}: no pico são {{peak}}, no mínimo {{trough}}.'],
  },
  steady: {
    headlines: ['{{subject}}: valores estáveis em torno de {{typical}}', '{{subject}}: valores estáveis'],
    explanations: [
      'O coeficiente de variação é de {{variation_pct}}. Períodos observados: {{periods}}.',
      'O coeficiente de variação é de {{variation_pct}}.',
    ],
  },
  steady_share: {
    headlines: ['{{subject}}: a participação de {{member}} é estável, em torno de {{share_pct}}'],
    explanations: [
      'O coeficiente de variação da participação é de {{variation_pct}}, e o do total é de {{whole_variation_pct}}. Períodos observados: {{periods}}.',
      'O coeficiente de variação da participação é de {{variation_pct}}.',
    ],
  },
  majority: {
    headlines: ['{{subject}}: {{member}} concentra {{share_pct}} do total'],
    explanations: [
      'Em seguida vem {{second_member}}, com {{second_share_pct}}.',
      'O grupo seguinte tem {{second_share_pct}}.',
      'Os demais grupos ficam com o restante.',
    ],
  },
  data_quality: {
    headlines: [
      '{{problem}} em {{column}}: {{count}} ({{share_pct}})',
      '{{problem}} em {{column}}: {{count}}',
      '{{problem}} em {{column}}',
      '{{problem}}: {{count}} ({{share_pct}})',
      '{{problem}}',
    ],
    explanations: ['Isso pode distorcer somas, médias e comparações feitas com esses dados.'],
  },
};
