import type { Insight } from '@billumy/protocol';
import { useState } from 'react';
import { Button } from '../../../components/button.tsx';
import { localeOf, useLanguage } from '../../../preferences/language.tsx';
import { commonTexts } from '../../../texts/common.ts';
import { insightReportTexts } from '../../../texts/insight-report.ts';
import { useTexts } from '../../../texts/translated.ts';

const atFirst = 10;
const step = 100;

/** What a query gave, as it came: these are the cells that its hash is made of. */
export function EvidenceRows({ evidence }: { evidence: Insight['evidence'][number] }) {
  const texts = useTexts(insightReportTexts).evidence;
  const common = useTexts(commonTexts);
  const number = new Intl.NumberFormat(localeOf[useLanguage().language]);
  const [shown, setShown] = useState(atFirst);
  const { id, columns, rows, row_count: total } = evidence;
  const visible = rows.slice(0, shown);
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- wide tables are scrolled with the keyboard too */}
      <div className="rows-frame" role="region" aria-label={texts.rows(id)} tabIndex={0}>
        <table className="rows">
          <thead>
            <tr>
              {columns.map(({ name }) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {visible.map((row, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- rows have no other name, and never change
              <tr key={index}>
                {columns.map(({ name }, column) => (
                  <td key={name}>{String(row[column] ?? '–')}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="rows-foot">
        <span className="quiet">{texts.shown(number.format(visible.length), number.format(total))}</span>
        {shown < rows.length && (
          <Button variant="plain" onClick={() => setShown(shown + step)}>
            {common.more}
          </Button>
        )}
      </p>
    </>
  );
}
