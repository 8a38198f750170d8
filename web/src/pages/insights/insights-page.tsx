import './insights.css';
import { useLocation } from 'wouter';
import { PageHeader } from '../../components/page-header.tsx';
import { SubNavigation } from '../../components/sub-navigation.tsx';
import { insightTexts } from '../../texts/insights.ts';
import { useTexts } from '../../texts/translated.ts';
import { DatasetsSection } from './datasets-section.tsx';
import { NewAnalysis } from './new/new-analysis.tsx';
import { NewAnalysisWith } from './new/new-analysis-with.tsx';
import { ReportPage } from './report/report-page.tsx';
import { ReportsSection } from './reports-section.tsx';

const createPath = '/insights';
const reportsPath = '/insights/reports';
const tablesPath = '/insights/tables';

/** What is noteworthy in tables: a new analysis, the earlier ones, one of them, and the tables that are kept. */
export function InsightsPage() {
  const texts = useTexts(insightTexts);
  const [location] = useLocation();
  const [, , part, id] = location.split('/');
  if (part === 'reports' && id !== undefined) return <ReportPage key={id} id={decodeURIComponent(id)} />;
  const path = part === 'reports' ? reportsPath : part === 'tables' ? tablesPath : createPath;
  return (
    <div className="page">
      <PageHeader title={texts.title} lead={texts.lead} />
      <SubNavigation
        label={texts.sections.label}
        entries={[
          { path: createPath, title: texts.sections.create },
          { path: reportsPath, title: texts.sections.reports },
          { path: tablesPath, title: texts.sections.tables },
        ]}
        current={path}
      />
      {path === reportsPath && <ReportsSection />}
      {path === tablesPath && <DatasetsSection />}
      {path === createPath &&
        (part === 'with' ? <NewAnalysisWith key={id} ids={idsIn(id)} /> : <NewAnalysis tables={[]} />)}
    </div>
  );
}

/** `/insights/with/dat_1,dat_2` begins with these tables. */
function idsIn(list: string | undefined): string[] {
  return decodeURIComponent(list ?? '')
    .split(',')
    .filter((id) => id !== '');
}
