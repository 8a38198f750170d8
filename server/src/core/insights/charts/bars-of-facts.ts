import type { Finding, InsightType } from '../../../models/insight.ts';
import type { Language } from '../../../models/language.ts';
import type { WordingOptions } from '../narrative/label-text.ts';
import { amountTitle } from './amount-title.ts';
import { amountAxis, colourByRole, nameAxis, type MarkRole, type Spec } from './chart-parts.ts';
import { amountOf, rowsOf } from './rows-of.ts';

interface Bar {
  name: Readonly<Record<Language, string>>;
  fact: string;
  role: MarkRole;
}

const bars: Readonly<Partial<Record<InsightType, readonly Bar[]>>> = {
  rate_mix: [
    { name: { pt: 'dentro dos grupos', en: 'within groups' }, fact: 'rate_effect', role: 'usual' },
    { name: { pt: 'participação dos grupos', en: 'shares of groups' }, fact: 'mix_effect', role: 'told' },
    { name: { pt: 'mudança total', en: 'whole change' }, fact: 'change', role: 'compared' },
  ],
  record_outlier: [
    { name: { pt: 'limite usual', en: 'usual limit' }, fact: 'fence', role: 'compared' },
    { name: { pt: 'valor extremo', en: 'extreme value' }, fact: 'extreme', role: 'told' },
  ],
};

const rows = {
  pt: { title: 'linhas', problem: 'com o problema', all: 'todas' },
  en: { title: 'rows', problem: 'with the problem', all: 'all' },
};

/** What a finding says in a few numbers, side by side. */
export function barsOfFacts(finding: Finding, options: WordingOptions): Spec | null {
  if (finding.type === 'data_quality') return barsOfRows(finding, options.language);
  const values = (bars[finding.type] ?? []).flatMap(({ name, fact, role }) => {
    const amount = amountOf(finding.facts[fact]?.value);
    return amount === null ? [] : [{ name: name[options.language], amount, role }];
  });
  return values.length < 2 ? null : barChart(values, amountTitle(finding, options));
}

/** Rows with a problem, beside all rows. Columns `count` and `total`. */
function barsOfRows(finding: Finding, language: Language): Spec | null {
  const [row] = rowsOf(finding);
  const [count, total] = [amountOf(row?.['count']), amountOf(row?.['total'])];
  if (count === null || total === null) return null;
  const words = rows[language];
  const values = [
    { name: words.problem, amount: count, role: 'told' },
    { name: words.all, amount: total, role: 'compared' },
  ];
  return barChart(values, words.title);
}

function barChart(values: readonly { name: string; amount: number; role: string }[], title: string): Spec {
  return {
    data: { values },
    height: { step: 28 },
    mark: { type: 'bar' },
    encoding: { y: nameAxis(null), x: amountAxis(title), color: colourByRole },
  };
}
