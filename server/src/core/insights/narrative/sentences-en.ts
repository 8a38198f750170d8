import type { SentencesByType } from './sentences.ts';

export const englishSentences: SentencesByType = {
  trend: {
    headlines: [
      '{{subject}}: a {{change_pct.noun}} over time, {{change_pct}} between {{first_period}} and {{last_period}}',
      '{{subject}}: a {{change_pct.noun}} over time, {{change_pct}}',
    ],
    explanations: [
      'From {{first}} in {{first_period}} to {{last}} in {{last_period}}. The trend is the median of the slopes between pairs of periods: {{periods}} in all.',
      'From {{first}} to {{last}}, from the beginning to the end of the series.',
    ],
  },
  level_shift: {
    headlines: ['{{subject}}: a new level since {{since}}, {{change_pct}}', '{{subject}}: a new level, {{change_pct}}'],
    explanations: ['The median went from {{before}} to {{after}}, and values have stayed at the new level.'],
  },
  time_outlier: {
    headlines: [
      '{{subject}}: unusual value in {{when}}, {{difference_pct.size}} {{difference_pct.position}} what was expected',
      '{{subject}}: unusual value in {{when}}',
    ],
    explanations: ['The value was {{value}}; going by the other periods, {{expected}} was expected.'],
  },
  record_outlier: {
    headlines: [
      '{{subject}}: {{share_pct}} of the records outside the usual range',
      '{{subject}}: records outside the usual range',
    ],
    explanations: [
      'Beyond the limit of {{fence}}, the number of records is {{outliers}}. The extreme value is {{extreme}}.',
      'The extreme value is {{extreme}}.',
    ],
  },
  category_outlier: {
    headlines: [
      '{{subject}}: {{member}} is {{difference_pct.size}} {{difference_pct.position}} what is typical',
      '{{subject}}: {{member}} is out of line',
    ],
    explanations: ['The value in {{member}} is {{value}}; the median of the groups is {{typical}}.'],
  },
  change: {
    headlines: [
      '{{subject}} {{change_pct.direction}} by {{change_pct.size}} in {{current_period}}',
      '{{subject}} {{change.direction}} by {{change.size}} in {{current_period}}',
      '{{subject}} {{change_pct.direction}} by {{change_pct.size}}',
    ],
    explanations: [
      'From {{previous}} in {{previous_period}} to {{current}} in {{current_period}}, a difference of {{change}}.',
      'From {{previous}} to {{current}}.',
    ],
  },
  contribution: {
    headlines: [
      '{{subject}} {{change_pct.direction}} by {{change_pct.size}}, and {{member}} accounts for {{share_pct}} of the change',
      '{{subject}}: {{member}} accounts for {{share_pct}} of the {{change.noun}} of {{change.size}}',
    ],
    explanations: [
      'Between {{previous_period}} and {{current_period}}, the change in {{member}} was {{part}}. Groups that account for most of it: {{members}}.',
      'The change in {{member}} was {{part}}.',
    ],
  },
  rate_mix: {
    headlines: [
      '{{subject}} {{change.direction}} by {{change.size}} in {{current_period}}',
      '{{subject}} {{change.direction}} by {{change.size}}',
    ],
    explanations: [
      'From {{previous}} in {{previous_period}} to {{current}} in {{current_period}}. What changed within the groups makes {{rate_effect}}; the change in the share of each group makes {{mix_effect}}.',
      'What changed within the groups makes {{rate_effect}}; the change in the share of each group makes {{mix_effect}}.',
    ],
  },
  concentration: {
    headlines: [
      '{{subject}}: {{share_pct}} of the total in {{top_members}} of {{members}} values of {{breakdown}}',
      '{{subject}}: {{share_pct}} of the total in a few values of {{breakdown}}',
    ],
    explanations: [
      'The main group is {{member}}. The concentration index (HHI) is {{hhi}}.',
      'The main group is {{member}}.',
    ],
  },
  correlation: {
    headlines: ['{{subject}} and {{other}} move {{rho.sense}}'],
    explanations: [
      'The Spearman correlation is {{rho}}, over {{pairs}} pairs of values. Moving together does not show that either leads to the other.',
      'The Spearman correlation is {{rho}}.',
    ],
  },
  group_difference: {
    headlines: [
      '{{subject}}: {{highest_member}} is {{difference_pct.size}} {{difference_pct.position}} {{lowest_member}}',
      '{{subject}}: {{highest_member}} and {{lowest_member}} differ',
    ],
    explanations: [
      'The typical value is {{highest}} in {{highest_member}} and {{lowest}} in {{lowest_member}}, the extremes of {{breakdown}}.',
    ],
  },
  seasonality: {
    headlines: [
      '{{subject}}: a pattern that repeats, with its peak in {{peak_season}} and its trough in {{trough_season}}',
    ],
    explanations: ['What is typical is {{typical}}: at the peak it is {{peak}}, at the trough {{trough}}.'],
  },
  steady: {
    headlines: ['{{subject}}: steady values around {{typical}}', '{{subject}}: steady values'],
    explanations: [
      'The coefficient of variation is {{variation_pct}}. Periods observed: {{periods}}.',
      'The coefficient of variation is {{variation_pct}}.',
    ],
  },
  steady_share: {
    headlines: ['{{subject}}: the share of {{member}} is steady, around {{share_pct}}'],
    explanations: [
      'The coefficient of variation of the share is {{variation_pct}}, and that of the total is {{whole_variation_pct}}. Periods observed: {{periods}}.',
      'The coefficient of variation of the share is {{variation_pct}}.',
    ],
  },
  majority: {
    headlines: ['{{subject}}: {{member}} makes {{share_pct}} of the total'],
    explanations: [
      'Next comes {{second_member}}, with {{second_share_pct}}.',
      'The next group has {{second_share_pct}}.',
      'The other groups have the rest.',
    ],
  },
  data_quality: {
    headlines: [
      '{{problem}} in {{column}}: {{count}} ({{share_pct}})',
      '{{problem}} in {{column}}: {{count}}',
      '{{problem}} in {{column}}',
      '{{problem}}: {{count}} ({{share_pct}})',
      '{{problem}}',
    ],
    explanations: ['This may distort sums, averages and comparisons that are made with this data.'],
  },
};
