import { DataTable, type Column } from '../../../components/data-table.tsx';
import { localeOf, useLanguage } from '../../../preferences/language.tsx';
import { formatPercent } from '../../../texts/formats.ts';
import { operateTexts } from '../../../texts/operate.ts';
import { useTexts } from '../../../texts/translated.ts';
import { tokensOf, type Grouping, type UsageRow } from './usage-rows.ts';

/** What was used, with how much of all tokens each row is. */
export function UsageTable({ rows, grouping }: { rows: readonly UsageRow[]; grouping: Grouping }) {
  const texts = useTexts(operateTexts).usage;
  const locale = localeOf[useLanguage().language];
  const all = rows.reduce((sum, row) => sum + tokensOf(row), 0);
  const most = Math.max(1, ...rows.map(tokensOf));
  const count = (name: 'requests' | 'read' | 'written'): Column<UsageRow> => ({
    name,
    title: texts[name],
    kind: 'number',
    render: (row) => row[name].toLocaleString(locale),
  });
  const columns: readonly Column<UsageRow>[] = [
    { name: 'group', title: texts.groups[grouping], render: (row) => <RowName row={row} grouping={grouping} /> },
    count('requests'),
    count('read'),
    count('written'),
    {
      name: 'share',
      title: texts.share,
      render: (row) => (
        <div className="share">
          <Bar share={tokensOf(row) / most} />
          <span>{formatPercent(all === 0 ? 0 : tokensOf(row) / all, locale)}</span>
        </div>
      ),
    },
  ];
  return <DataTable caption={texts.table} columns={columns} rows={rows} keyOf={({ key }) => key} />;
}

function RowName({ row: { sample }, grouping }: { row: UsageRow; grouping: Grouping }) {
  const texts = useTexts(operateTexts).usage;
  const locale = localeOf[useLanguage().language];
  switch (grouping) {
    case 'day':
      // Days are those of UTC wherever the browser is.
      return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(sample.day));
    case 'model':
      return <span className="code">{sample.model}</span>;
    case 'account':
      return (
        <>
          {sample.username ?? `${sample.user_id} (${texts.gone})`}
          <span className="quiet">
            {' · '}
            {sample.key_id === null ? texts.password : (sample.key_name ?? `${sample.key_id} (${texts.gone})`)}
          </span>
        </>
      );
    default:
      return grouping satisfies never;
  }
}

/** How long it is says nothing that the number beside it does not. */
function Bar({ share }: { share: number }) {
  return (
    <svg className="bar" aria-hidden="true">
      <rect width={`${share * 100}%`} height="100%" rx="4" />
    </svg>
  );
}
