import type { InsightReport } from '@billumy/protocol';
import { useState } from 'react';
import { Button } from '../../../components/button.tsx';
import { Icon } from '../../../components/icon.tsx';
import { Section } from '../../../components/section.tsx';
import { insightReportTexts } from '../../../texts/insight-report.ts';
import { useTexts } from '../../../texts/translated.ts';
import { ColumnTable } from './column-table.tsx';
import { changeHint, type Correcting } from './corrections.ts';

export interface ProfileViewProps {
  dataset: InsightReport['dataset'];
  /** The language of the warnings. */
  locale: string;
  /** undefined: nothing can be corrected now. */
  correcting: Correcting | undefined;
}

/** What the service takes the tables for; a person who knows better can say so. */
export function ProfileView({ dataset, locale, correcting }: ProfileViewProps) {
  const texts = useTexts(insightReportTexts).profile;
  const [isOpen, setOpen] = useState(false);
  const open = isOpen ? correcting : undefined;
  return (
    <Section
      title={texts.title}
      actions={
        correcting !== undefined &&
        !isOpen && (
          <Button icon="edit" onClick={() => setOpen(true)}>
            {texts.correct}
          </Button>
        )
      }
    >
      <Warnings warnings={dataset.warnings} locale={locale} />
      {dataset.tables.map((table) => (
        <ColumnTable
          key={table.name}
          table={table}
          corrections={open === undefined ? null : (open.corrections[table.name] ?? {})}
          onChange={(column, change) =>
            open?.onChange(changeHint(open.corrections, { table: table.name, column, change }))
          }
        />
      ))}
      {open !== undefined && (
        <div className="row-actions">
          <Button variant="primary" icon="retry" onClick={open.onRun}>
            {texts.again}
          </Button>
          <Button
            onClick={() => {
              open.onChange({});
              setOpen(false);
            }}
          >
            {texts.cancel}
          </Button>
        </div>
      )}
    </Section>
  );
}

function Warnings({ warnings, locale }: { warnings: InsightReport['dataset']['warnings']; locale: string }) {
  const texts = useTexts(insightReportTexts).profile;
  if (warnings.length === 0) return null;
  return (
    <div className="notice warning">
      <Icon name="warning" />
      <ul className="notice-body warning-list" aria-label={texts.warnings} lang={locale}>
        {warnings.map((warning) => (
          <li key={warning.text}>{warning.text}</li>
        ))}
      </ul>
    </div>
  );
}
