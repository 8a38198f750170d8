/** Words of English that a model may write around the slots, folded. None counts, denies, or says which way it went. */
export const englishWords = `
a an the and or of in on at to for from by with between as that which what when where whose its it this these those their
there they also still already here so each other others same another while since
is are was were be been has have had went goes go came comes come going shows show indicates indicate reveals presents
recorded recorded registered observed occurred occurs appeared appears stands stood makes make made represents represent
includes include forms varies vary changed changes change changing differ differs reached compared comparison comparing
considering against relative versus over within among across about together
value values data period periods total totals result part parts group groups member members category categories row rows
record records series set measure measures column columns table number rate rates variation variations difference
differences median average averages share mix composition behaviour behavior movement interval range point points
analysis item items information picture
wide clear clearly relevant important notable noticeable expressive significant consistent consistently main typical
expected next following general rest usual common own only s`;

/** Those that only fit what a kind of insight says. */
export const englishWordsOfType = {
  trend: 'trend slope slopes pairs long time all beginning end',
  level_shift: 'level new shift stayed values',
  time_outlier: 'unusual pattern outside line out',
  record_outlier: 'unusual outside beyond extreme extremes fence limit',
  category_outlier: 'unusual pattern outside line out',
  change: '',
  contribution: 'contribution contributes contributed weighs enough bulk',
  rate_mix: '',
  concentration: 'concentration concentrated index hhi few',
  correlation: 'correlation spearman pairs related association associated move',
  group_difference: 'extreme extremes',
  seasonality: 'seasonal seasonality pattern repeats peak trough cycle',
  steady: 'steady stable around coefficient constant',
  steady_share: 'steady stable around coefficient constant',
  majority: 'dominant dominates',
  data_quality: 'problem problems quality distort affects affect may can sums comparisons',
} as const;

/** Those of what could be done. */
export const englishActionWords = `
check verify see look review analyse analyze assess weigh investigate examine compare find identify consider monitor
correct fix start ask talk understand prioritise prioritize plan use take send repeat repeated keep adjust team teams
responsible person people area areas manager managers customer customers supplier suppliers product products price prices
stock stocks target targets action actions campaign campaigns offer contract contracts process processes source error
errors typing case cases special risk risks dependence depend depending much reference attention possible could should
can may might would before after acting continues different differently into account whether how behind
favoured favored suits done does lacks effect correction most itself again elsewhere notice pattern context market work
practice practices either leads where it is if will need needs worth`;
