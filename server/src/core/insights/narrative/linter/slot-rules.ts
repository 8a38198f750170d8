import type { InsightType } from '../../../../models/insight.ts';

/** For each kind of insight, slots of which a headline needs one out of every list. */
export const obligatorySlots: Readonly<Record<InsightType, readonly (readonly string[])[]>> = {
  trend: [['subject'], ['change_pct']],
  level_shift: [['subject'], ['change_pct', 'since']],
  time_outlier: [['subject'], ['when']],
  record_outlier: [['subject'], ['outliers', 'share_pct', 'extreme']],
  category_outlier: [['subject'], ['member']],
  change: [['subject'], ['change_pct', 'change']],
  contribution: [['subject'], ['member'], ['share_pct', 'part']],
  rate_mix: [['subject'], ['change', 'rate_effect', 'mix_effect']],
  concentration: [['subject'], ['share_pct', 'top_members']],
  correlation: [['subject'], ['other'], ['rho']],
  group_difference: [['subject'], ['highest_member'], ['lowest_member']],
  seasonality: [['subject'], ['peak_season', 'trough_season']],
  steady: [['subject'], ['typical', 'variation_pct', 'periods']],
  steady_share: [['subject'], ['member'], ['share_pct', 'variation_pct']],
  majority: [['subject'], ['member'], ['share_pct']],
  data_quality: [['problem']],
};

/** Periods of a change: the earlier one, the later one, and the fact that is of the earlier one. */
export const comparedPeriods: readonly { earlier: string; later: string; earlierFact: string }[] = [
  { earlier: 'previous_period', later: 'current_period', earlierFact: 'previous' },
  { earlier: 'first_period', later: 'last_period', earlierFact: 'first' },
];

/** Facts that must come in this order where both are in a sentence: "from ... to ...", "... of ...". */
export const orderedFacts: readonly (readonly [earlier: string, later: string])[] = [
  ['previous', 'current'],
  ['first', 'last'],
  ['before', 'after'],
  ['top_members', 'members'],
];

/** What says what a slot is of: other slots, and words (folded) of both languages. */
export interface Anchors {
  slots: readonly string[];
  words: readonly string[];
}

const anchors = (slots: string, words = ''): Anchors => ({
  slots: slots.split(' ').filter(Boolean),
  words: words.split(' ').filter(Boolean),
});

/** Slots that need, in their sentence, an anchor of theirs nearer than those of others of the same insight. */
export const anchorsOfType: Readonly<Record<InsightType, Readonly<Record<string, Anchors>>>> = {
  trend: {
    first: anchors('first_period'),
    last: anchors('last_period'),
    periods: anchors('', 'periodo periodos pares period periods pairs'),
  },
  level_shift: {},
  time_outlier: {
    value: anchors('when', 'valor value'),
    expected: anchors('', 'esperado esperada expected'),
  },
  record_outlier: {
    outliers: anchors('', 'registro registros linhas record records rows'),
    share_pct: anchors('', 'registro registros linhas record records rows'),
    extreme: anchors('', 'extremo extreme'),
    fence: anchors('', 'limite fence limit'),
  },
  category_outlier: {
    value: anchors('member', 'valor value'),
    typical: anchors('', 'tipico tipica mediana typical median'),
  },
  change: { previous: anchors('previous_period'), current: anchors('current_period') },
  contribution: {
    members: anchors('', 'grupos membros groups members'),
    // A share of what changed, not of the measure.
    share_pct: anchors('change change_pct', 'mudanca variacao diferenca change difference'),
  },
  rate_mix: {
    previous: anchors('previous_period'),
    current: anchors('current_period'),
    rate_effect: anchors('', 'dentro taxa taxas within rate rates'),
    mix_effect: anchors('', 'participacao composicao share mix composition'),
  },
  concentration: {
    // All of them together have it, not the first alone.
    share_pct: anchors('top_members', 'poucos poucas few'),
    hhi: anchors('', 'hhi indice index'),
  },
  correlation: {
    rho: anchors('', 'correlacao spearman correlation'),
    pairs: anchors('', 'pares linhas registros pairs rows records'),
  },
  group_difference: { highest: anchors('highest_member'), lowest: anchors('lowest_member') },
  seasonality: {
    peak: anchors('peak_season', 'pico peak'),
    peak_season: anchors('peak', 'pico peak'),
    trough: anchors('trough_season', 'minimo trough'),
    trough_season: anchors('trough', 'minimo trough'),
    typical: anchors('', 'tipico tipica mediana typical median'),
  },
  steady: {
    variation_pct: anchors('', 'variacao coeficiente variation coefficient'),
    typical: anchors('', 'tipico tipica mediana torno valor valores typical median around value values'),
    periods: anchors('', 'periodo periodos period periods'),
  },
  steady_share: {
    share_pct: anchors('member', 'participacao share'),
    variation_pct: anchors('', 'participacao share'),
    whole_variation_pct: anchors('', 'total'),
    periods: anchors('', 'periodo periodos period periods'),
  },
  majority: {
    share_pct: anchors('member'),
    second_share_pct: anchors('second_member', 'seguinte seguida next'),
    member: anchors('share_pct'),
    second_member: anchors('second_share_pct', 'seguinte seguida next'),
  },
  data_quality: {},
};

/** Labels that a change may be told of. */
export const entities: ReadonlySet<string> = new Set([
  'subject',
  'member',
  'second_member',
  'other',
  'highest_member',
  'lowest_member',
  'peak_season',
  'trough_season',
]);

/** The entity that a fact is of. A fact that is not here may stand with any. */
export const ownerOfType: Readonly<Partial<Record<InsightType, Readonly<Record<string, string>>>>> = {
  contribution: { change: 'subject', change_pct: 'subject', part: 'member', share_pct: 'member' },
  category_outlier: { difference_pct: 'member', value: 'member' },
};

/** Facts that say something else when their entity is not in the sentence. */
export const neverAlone: ReadonlySet<string> = new Set(['part']);

/** Facts whose words of direction, not whose sizes, are of an entity. */
export const directionOwnerOfType: typeof ownerOfType = { group_difference: { difference_pct: 'highest_member' } };
