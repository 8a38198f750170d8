import type { TrainingVersion } from '@billumy/protocol';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useConnection } from '../../../api/session-context.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { PagedList } from '../../../components/paged-list.tsx';
import { trainingTexts } from '../../../texts/training.ts';
import { useTexts } from '../../../texts/translated.ts';
import { TrainLink } from '../train-link.tsx';
import { versionsQuery } from '../training-queries.ts';
import { VersionCard } from './version-card.tsx';

/** What trainings made, newest first, and which of it answers. */
export function VersionsSection() {
  const texts = useTexts(trainingTexts).versions;
  const versions = useInfiniteQuery(versionsQuery(useConnection()));
  return (
    <PagedList<TrainingVersion>
      query={versions}
      what={texts.waiting}
      empty={
        <EmptyState icon="training" title={texts.emptyTitle} detail={texts.emptyDetail}>
          <TrainLink />
        </EmptyState>
      }
    >
      {(items) => (
        <>
          {items.every((version) => !version.in_force) && <p>{texts.asItCame}</p>}
          {items.map((version) => (
            <VersionCard key={version.id} version={version} isOpen={false} />
          ))}
        </>
      )}
    </PagedList>
  );
}
