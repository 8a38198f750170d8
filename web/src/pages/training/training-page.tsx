import './training.css';
import { useLocation } from 'wouter';
import { PageHeader } from '../../components/page-header.tsx';
import { SubNavigation } from '../../components/sub-navigation.tsx';
import { trainingTexts } from '../../texts/training.ts';
import { useTexts } from '../../texts/translated.ts';
import { JobView } from './job/job-view.tsx';
import { JobsSection } from './jobs-section.tsx';
import { NewTraining } from './new/new-training.tsx';
import { TrainLink } from './train-link.tsx';
import { VersionsSection } from './versions/versions-section.tsx';

const jobsPath = '/training';
const versionsPath = '/training/versions';

/** Teaching the model with examples: the trainings, one of them, a new one, and the versions they made. */
export function TrainingPage() {
  const [location] = useLocation();
  const [, , part, id] = location.split('/');
  if (part === 'new') return <NewTraining />;
  if (part === 'jobs' && id !== undefined) return <JobView key={id} id={id} />;
  return <Overview path={location === versionsPath ? versionsPath : jobsPath} />;
}

function Overview({ path }: { path: typeof jobsPath | typeof versionsPath }) {
  const texts = useTexts(trainingTexts);
  return (
    <div className="page">
      <PageHeader title={texts.title} lead={texts.lead}>
        <TrainLink />
      </PageHeader>
      <SubNavigation
        label={texts.sections.label}
        entries={[
          { path: jobsPath, title: texts.sections.jobs },
          { path: versionsPath, title: texts.sections.versions },
        ]}
        current={path}
      />
      {path === versionsPath ? <VersionsSection /> : <JobsSection />}
    </div>
  );
}
