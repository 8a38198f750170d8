import { useQuery } from '@tanstack/react-query';
import { useConnection } from '../../../api/session-context.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Loading } from '../../../components/loading.tsx';
import { insightTexts } from '../../../texts/insights.ts';
import { useTexts } from '../../../texts/translated.ts';
import { datasetsOf } from '../insight-queries.ts';
import { withKept, type ChosenTable } from './chosen-tables.ts';
import { NewAnalysis } from './new-analysis.tsx';

/** A new analysis of tables that the service has already. */
export function NewAnalysisWith({ ids }: { ids: readonly string[] }) {
  const texts = useTexts(insightTexts).datasets;
  const kept = useQuery(datasetsOf(useConnection(), ids));
  if (kept.isPending) return <Loading what={texts.waiting} />;
  if (kept.isError) return <ErrorNotice error={kept.error} onRetry={() => void kept.refetch()} />;
  return <NewAnalysis tables={kept.data.reduce<ChosenTable[]>(withKept, [])} />;
}
