import type { Insight } from '@billumy/protocol';
import { DataTable } from '../../../components/data-table.tsx';
import { localeOf, useLanguage } from '../../../preferences/language.tsx';
import { insightReportTexts } from '../../../texts/insight-report.ts';
import { useTexts } from '../../../texts/translated.ts';

type Fact = Insight['facts'][string];

const mostDigits = 6;

/** Every number that is told, and the cell or the computation that it comes from. */
export function FactsTable({ facts }: Pick<Insight, 'facts'>) {
  const texts = useTexts(insightReportTexts).evidence;
  const locale = localeOf[useLanguage().language];
  const rows = Object.entries(facts);
  if (rows.length === 0) return null;
  return (
    <DataTable
      caption={texts.numbers}
      rows={rows}
      keyOf={([name]) => name}
      columns={[
        { name: 'name', title: texts.name, render: ([name]) => <span className="code">{name}</span> },
        { name: 'value', title: texts.value, kind: 'number', render: ([, fact]) => valueOf(fact, locale) },
        {
          name: 'from',
          title: texts.from,
          render: ([, { evidence, derivation, path }]) => (
            <span className="code">{`${evidence} · ${derivation ?? path ?? ''}`}</span>
          ),
        },
      ]}
    />
  );
}

function valueOf({ value, unit }: Fact, locale: string): string {
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: mostDigits }).format(Number(value));
  return unit === null || unit === 'count' ? number : `${number} ${unit}`;
}
