import { useQuery } from '@tanstack/react-query';
import { useConnection } from '../../../api/session-context.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Loading } from '../../../components/loading.tsx';
import { Section } from '../../../components/section.tsx';
import { operateTexts } from '../../../texts/operate.ts';
import { useTexts } from '../../../texts/translated.ts';
import { modelsQuery } from '../operate-queries.ts';
import { DownloadForm } from './download-form.tsx';
import { ModelCard } from './model-card.tsx';

/** The models of this machine and those that could be here. */
export function ModelsSection() {
  const texts = useTexts(operateTexts).models;
  const models = useQuery(modelsQuery(useConnection()));
  if (models.isPending) return <Loading what={texts.waiting} />;
  if (models.isError) return <ErrorNotice error={models.error} onRetry={() => void models.refetch()} />;
  const here = models.data.filter(({ installed, configured }) => installed || configured);
  const others = models.data.filter((model) => !here.includes(model));
  return (
    <>
      <Section title={texts.here}>
        <div className="cards">
          {here.map((model) => (
            <ModelCard key={model.name} model={model} />
          ))}
        </div>
      </Section>
      <Section title={texts.catalogue} lead={texts.catalogueLead}>
        <div className="cards">
          {others.map((model) => (
            <ModelCard key={model.name} model={model} />
          ))}
        </div>
      </Section>
      <Section title={texts.other} lead={texts.otherLead}>
        <DownloadForm />
      </Section>
    </>
  );
}
