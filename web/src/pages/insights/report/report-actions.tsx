import type { InsightReport } from '@billumy/protocol';
import { Link } from 'wouter';
import { fileNameFrom, saveFile } from '../../../browser/save-file.ts';
import { Button } from '../../../components/button.tsx';
import { insightReportTexts } from '../../../texts/insight-report.ts';
import { insightTexts } from '../../../texts/insights.ts';
import { useTexts } from '../../../texts/translated.ts';
import { DeleteButton } from '../delete-button.tsx';
import { useDeleteReport } from '../insight-queries.ts';
import { ReportState } from './report-state.tsx';
import { Verification } from './verification.tsx';

export interface ReportActionsProps {
  report: InsightReport;
  /** Absent where the report is a part of the page: there it is not deleted. */
  onDeleted?(): void;
}

/** How a report came out, and what can be done with it. */
export function ReportActions({ report, onDeleted }: ReportActionsProps) {
  const texts = useTexts(insightReportTexts);
  const listTexts = useTexts(insightTexts).reports;
  const deletion = useDeleteReport();
  const { id, status, question, verification, dataset } = report;
  const name = question ?? texts.untitled;
  const tables = dataset.tables.map((table) => table.dataset_id).filter((tableId) => tableId !== '');
  const save = (): void =>
    saveFile(`${fileNameFrom(name)}.json`, `${JSON.stringify(report, null, 2)}\n`, 'application/json');
  return (
    <div className="report-actions">
      <ReportState status={status} />
      {status !== 'running' && (
        <span className="quiet">{texts.numbers(verification.numbers, verification.free_numbers)}</span>
      )}
      <div className="row-actions">
        <Button icon="download" onClick={save}>
          {texts.export}
        </Button>
        {onDeleted !== undefined && (
          <>
            {tables.length > 0 && (
              <Link className="button" href={`/insights/with/${tables.join(',')}`}>
                {texts.ask}
              </Link>
            )}
            <DeleteButton
              id={id}
              deletion={deletion}
              texts={{
                label: listTexts.delete(name),
                title: listTexts.deleteTitle,
                detail: listTexts.deleteDetail,
                done: listTexts.deleted,
              }}
              onDeleted={onDeleted}
            />
          </>
        )}
      </div>
      {status !== 'running' && status !== 'failed' && <Verification id={id} />}
    </div>
  );
}
