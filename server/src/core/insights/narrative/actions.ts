import type { Finding, InsightType, SuggestedAction, TableProfile } from '../../../models/insight.ts';
import type { Language } from '../../../models/language.ts';
import { signOf } from './sign-words.ts';

/** Whether what happened is good news, going by whether more of the measure is better. */
export type News = 'good' | 'bad' | 'unknown';

type ActionFamily =
  | 'movement'
  | 'part'
  | 'dependence'
  | 'oddGroup'
  | 'groups'
  | 'records'
  | 'relation'
  | 'season'
  | 'steady'
  | 'data';

const familyOf: Readonly<Record<InsightType, ActionFamily>> = {
  trend: 'movement',
  level_shift: 'movement',
  time_outlier: 'movement',
  change: 'movement',
  rate_mix: 'movement',
  contribution: 'part',
  concentration: 'dependence',
  majority: 'dependence',
  category_outlier: 'oddGroup',
  group_difference: 'groups',
  record_outlier: 'records',
  correlation: 'relation',
  seasonality: 'season',
  steady: 'steady',
  steady_share: 'steady',
  data_quality: 'data',
};

const kindOf: Readonly<Record<ActionFamily, SuggestedAction['kind']>> = {
  movement: 'investigate',
  part: 'act',
  dependence: 'investigate',
  oddGroup: 'investigate',
  groups: 'investigate',
  records: 'fix_data',
  relation: 'investigate',
  season: 'act',
  steady: 'act',
  data: 'fix_data',
};

/** Of each family: what to do whatever the news, and other words where the news is known. */
type ActionTexts = Readonly<Record<ActionFamily, { any: string; good?: string; bad?: string }>>;

const texts: Readonly<Record<Language, ActionTexts>> = {
  pt: {
    movement: {
      any: 'Verifique o que mudou nesse período e se a mudança era esperada.',
      good: 'Veja o que favoreceu esse bom resultado e se dá para repetir em outras áreas.',
      bad: 'Descubra o que está por trás desse resultado ruim antes que continue.',
    },
    part: {
      any: 'Examine {{member}} em separado e verifique se a mudança era esperada.',
      good: 'Veja o que foi feito em {{member}} e se serve para os demais.',
      bad: 'Comece por {{member}}: é onde está a maior parte do efeito.',
    },
    dependence: { any: 'Avalie o risco de depender tanto de {{member}}.' },
    oddGroup: {
      any: 'Compare {{member}} com os demais e veja o que é diferente.',
      good: 'Veja o que {{member}} faz de diferente e se serve para os demais.',
      bad: 'Veja o que falta em {{member}} em comparação com os demais.',
    },
    groups: { any: 'Compare {{highest_member}} e {{lowest_member}} e veja o que é diferente.' },
    records: { any: 'Confira esses registros na origem: podem ser erros de digitação ou casos especiais.' },
    relation: { any: 'Verifique se uma coisa leva à outra antes de agir.' },
    season: { any: 'Leve esse padrão em conta nas metas, nos estoques e nas comparações.' },
    steady: { any: 'Use esse valor como referência para notar mudanças.' },
    data: { any: 'Corrija os dados na origem e envie a tabela de novo.' },
  },
  en: {
    movement: {
      any: 'Check what changed in that period, and whether the change was expected.',
      good: 'See what favoured this good result, and whether it can be repeated elsewhere.',
      bad: 'Find out what is behind this bad result before it continues.',
    },
    part: {
      any: 'Look at {{member}} by itself, and check whether the change was expected.',
      good: 'See what was done in {{member}}, and whether it suits the others.',
      bad: 'Start with {{member}}: it is where a correction would have most effect.',
    },
    dependence: { any: 'Weigh the risk of depending so much on {{member}}.' },
    oddGroup: {
      any: 'Compare {{member}} with the others and see what is different.',
      good: 'See what {{member}} does differently, and whether it suits the others.',
      bad: 'See what {{member}} lacks in comparison with the others.',
    },
    groups: { any: 'Compare {{highest_member}} and {{lowest_member}} and see what is different.' },
    records: { any: 'Check these records where they come from: they may be typing errors or special cases.' },
    relation: { any: 'Check whether either leads to the other before acting.' },
    season: { any: 'Take this pattern into account in targets, stocks and comparisons.' },
    steady: { any: 'Use this value as a reference to notice changes.' },
    data: { any: 'Correct the data where it comes from and send the table again.' },
  },
};

/** What to do about a finding, as a template; nobody has shown that it helps. */
export function builtInAction(
  finding: Finding,
  { language, tables }: { language: Language; tables: readonly TableProfile[] },
): { template: string; kind: SuggestedAction['kind'] } {
  const family = familyOf[finding.type];
  const news = newsOf(finding, tables);
  const { any, good = any, bad = any } = texts[language][family];
  const template = { good, bad, unknown: any }[news];
  return { template, kind: family === 'part' && news === 'unknown' ? 'investigate' : kindOf[family] };
}

/** Good news is a change towards what is favourable for the measure. */
export function newsOf({ facts, subject }: Finding, tables: readonly TableProfile[]): News {
  const change = facts['change_pct'] ?? facts['change'] ?? facts['difference_pct'];
  const table = tables.find(({ name }) => name === subject.table);
  const favorable = table?.columns.find(({ name }) => name === subject.measure)?.favorable ?? null;
  if (favorable === null || change === undefined) return 'unknown';
  const sign = signOf(change.value);
  if (sign === 'zero') return 'unknown';
  return (sign === 'positive') === (favorable === 'up') ? 'good' : 'bad';
}
