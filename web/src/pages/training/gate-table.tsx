import { formatMeasure, limitOfMeasure, nameOfMeasure, reasonOfMeasure, type GateCheck } from '@billumy/protocol';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { useLanguage } from '../../preferences/language.tsx';
import { trainingTexts } from '../../texts/training.ts';
import { useTexts } from '../../texts/translated.ts';

/** What the evaluation measured before and after, the limits, and what to do about those that were not kept. */
export function GateTable({ checks }: { checks: readonly GateCheck[] }) {
  const texts = useTexts(trainingTexts).gate;
  const { language } = useLanguage();
  const measure = ({ name }: GateCheck, value: number | null): string =>
    value === null ? texts.nothing : formatMeasure(name, value, language);
  const columns: readonly Column<GateCheck>[] = [
    { name: 'measure', title: texts.measure, render: ({ name }) => nameOfMeasure(name, language) },
    { name: 'before', title: texts.before, kind: 'number', render: (check) => measure(check, check.before) },
    { name: 'after', title: texts.after, kind: 'number', render: (check) => measure(check, check.after) },
    {
      name: 'limit',
      title: texts.limit,
      render: (check) => limitOfMeasure(check, language) ?? texts.told,
    },
    {
      name: 'result',
      title: texts.result,
      render: (check) => <Verdict check={check} />,
    },
  ];
  const failed = checks.filter(({ passed }) => !passed);
  return (
    <>
      {failed.length > 0 && (
        <ul className="gate-reasons">
          {failed.map(({ name }) => (
            <li key={name}>{reasonOfMeasure(name, language) ?? nameOfMeasure(name, language)}</li>
          ))}
        </ul>
      )}
      <DataTable caption={texts.title} columns={columns} rows={checks} keyOf={({ name }) => name} />
    </>
  );
}

/** What is told and not judged has none, unless it could not even be measured. */
function Verdict({ check: { limit, passed } }: { check: GateCheck }) {
  const texts = useTexts(trainingTexts).gate;
  if (limit === null && passed) return '—';
  return <StateBadge tone={passed ? 'good' : 'bad'}>{passed ? texts.passed : texts.failed}</StateBadge>;
}
