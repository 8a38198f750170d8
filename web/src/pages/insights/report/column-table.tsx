import type { InsightReport } from '@billumy/protocol';
import { DataTable, type Column } from '../../../components/data-table.tsx';
import { localeOf, useLanguage } from '../../../preferences/language.tsx';
import { insightReportTexts } from '../../../texts/insight-report.ts';
import { useTexts } from '../../../texts/translated.ts';
import { useCorrectedColumns } from './corrected-columns.tsx';
import type { HintChange } from './corrections.ts';

type ReadTable = InsightReport['dataset']['tables'][number];
type ReadColumn = ReadTable['columns'][number];

export interface ColumnTableProps {
  table: ReadTable;
  /** What a person said, by column; null: nothing is being corrected. */
  corrections: Readonly<Record<string, HintChange>> | null;
  onChange(column: string, change: HintChange): void;
}

/** The columns of a table with the role of each, as fields while they are corrected. */
export function ColumnTable({ table, corrections, onChange }: ColumnTableProps) {
  const texts = useTexts(insightReportTexts).profile;
  const number = new Intl.NumberFormat(localeOf[useLanguage().language]);
  const read = useReadColumns(number);
  const corrected = useCorrectedColumns(corrections ?? {}, onChange);
  return (
    <div className="read-table">
      <h3>
        <span className="code">{table.name}</span>{' '}
        <span className="quiet">{texts.rows(number.format(table.rows))}</span>
      </h3>
      <DataTable
        caption={table.name}
        rows={table.columns}
        keyOf={({ name }) => name}
        columns={corrections === null ? read : corrected}
      />
    </div>
  );
}

function useReadColumns(number: Intl.NumberFormat): Column<ReadColumn>[] {
  const texts = useTexts(insightReportTexts).profile;
  return [
    {
      name: 'name',
      title: texts.column,
      render: ({ name, pii }) => (
        <>
          {name} {pii && <span className="badge">{texts.personal}</span>}
        </>
      ),
    },
    { name: 'role', title: texts.role, render: ({ role }) => texts.roles[role] },
    { name: 'unit', title: texts.unit, render: ({ unit }) => unit ?? '–' },
    { name: 'type', title: texts.type, render: ({ type }) => <span className="code">{type}</span> },
    { name: 'empty', title: texts.empty, kind: 'number', render: ({ nulls }) => number.format(nulls) },
    { name: 'distinct', title: texts.distinct, kind: 'number', render: ({ distinct }) => number.format(distinct) },
  ];
}
