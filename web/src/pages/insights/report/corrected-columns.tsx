import type { InsightReport } from '@billumy/protocol';
import type { Column } from '../../../components/data-table.tsx';
import { insightReportTexts } from '../../../texts/insight-report.ts';
import { useTexts } from '../../../texts/translated.ts';
import { NameSelect } from '../name-select.tsx';
import type { HintChange } from './corrections.ts';

type ReadColumn = InsightReport['dataset']['tables'][number]['columns'][number];

interface Said {
  texts: (typeof insightReportTexts)['pt']['profile'];
  /** What was said of the column of that name. */
  of(column: string): HintChange;
  onChange(column: string, change: HintChange): void;
}

/** The columns of a table as fields: each may be corrected, or left as it was detected. */
export function useCorrectedColumns(
  corrections: Readonly<Record<string, HintChange>>,
  onChange: Said['onChange'],
): Column<ReadColumn>[] {
  const texts = useTexts(insightReportTexts).profile;
  const said: Said = { texts, of: (column) => corrections[column] ?? {}, onChange };
  return [
    { name: 'name', title: texts.column, render: ({ name }) => name },
    roleField(said),
    unitField(said),
    aggregationField(said),
    favorableField(said),
    personalField(said),
  ];
}

function roleField({ texts, of, onChange }: Said): Column<ReadColumn> {
  return {
    name: 'role',
    title: texts.role,
    render: ({ name, role }) => (
      <NameSelect
        control={labelOf(texts.role, name)}
        names={texts.roles}
        none={`${texts.detected}: ${texts.roles[role]}`}
        value={of(name).role ?? null}
        onChange={(value) => onChange(name, { role: value ?? undefined })}
      />
    ),
  };
}

function unitField({ texts, of, onChange }: Said): Column<ReadColumn> {
  return {
    name: 'unit',
    title: texts.unit,
    render: ({ name, unit }) => (
      <input
        {...labelOf(texts.unit, name)}
        maxLength={20}
        placeholder={unit ?? ''}
        value={of(name).unit ?? ''}
        onChange={({ target }) => onChange(name, { unit: target.value === '' ? undefined : target.value })}
      />
    ),
  };
}

function aggregationField({ texts, of, onChange }: Said): Column<ReadColumn> {
  return {
    name: 'aggregation',
    title: texts.aggregation,
    render: ({ name }) => (
      <NameSelect
        control={labelOf(texts.aggregation, name)}
        names={texts.aggregations}
        none={texts.detected}
        value={of(name).aggregation ?? null}
        onChange={(value) => onChange(name, { aggregation: value ?? undefined })}
      />
    ),
  };
}

function favorableField({ texts, of, onChange }: Said): Column<ReadColumn> {
  return {
    name: 'favorable',
    title: texts.favorable,
    render: ({ name }) => (
      <NameSelect
        control={labelOf(texts.favorable, name)}
        names={texts.favorables}
        none={texts.detected}
        value={of(name).favorable ?? null}
        onChange={(value) => onChange(name, { favorable: value ?? undefined })}
      />
    ),
  };
}

function personalField({ texts, of, onChange }: Said): Column<ReadColumn> {
  return {
    name: 'pii',
    title: texts.pii,
    render: ({ name }) => (
      <NameSelect
        control={labelOf(texts.pii, name)}
        names={texts.piis}
        none={texts.detected}
        value={answerOf(of(name).pii)}
        onChange={(value) => onChange(name, { pii: value === null ? undefined : value === 'yes' })}
      />
    ),
  };
}

function labelOf(title: string, column: string) {
  return { 'aria-label': `${title}: ${column}` };
}

function answerOf(pii: boolean | undefined): 'yes' | 'no' | null {
  if (pii === undefined) return null;
  return pii ? 'yes' : 'no';
}
