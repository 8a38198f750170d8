import { verifyInsights, type InsightVerification } from '@billumy/protocol';
import { useMutation } from '@tanstack/react-query';
import { useConnection } from '../../../api/session-context.tsx';
import { Button } from '../../../components/button.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Icon } from '../../../components/icon.tsx';
import { insightReportTexts } from '../../../texts/insight-report.ts';
import { useTexts } from '../../../texts/translated.ts';

/** Has every query of a report run again, and says whether all came out the same. */
export function Verification({ id }: { id: string }) {
  const texts = useTexts(insightReportTexts).verify;
  const connection = useConnection();
  const verify = useMutation({ mutationFn: () => verifyInsights(connection, id) });
  return (
    <>
      <Button icon="check" disabled={verify.isPending} onClick={() => verify.mutate()}>
        {verify.isPending ? texts.waiting : texts.action}
      </Button>
      <div className="verification" aria-live="polite">
        {verify.isError && <ErrorNotice error={verify.error} onRetry={() => verify.mutate()} />}
        {verify.isSuccess && <Outcome verification={verify.data} />}
      </div>
    </>
  );
}

function Outcome({ verification: { verified, evidence, facts } }: { verification: InsightVerification }) {
  const texts = useTexts(insightReportTexts).verify;
  const changed = evidence.filter(({ identical }) => !identical);
  const counts = {
    queries: evidence.length,
    identical: evidence.length - changed.length,
    facts: facts.checked,
    different: facts.different,
  };
  return (
    <div className={`notice ${verified ? 'good' : 'error'}`}>
      <Icon name={verified ? 'check' : 'warning'} />
      <div className="notice-body">
        <p>{verified ? texts.good(counts) : texts.bad(counts)}</p>
        {changed.length > 0 && (
          <p className="notice-detail">{texts.changed(changed.map((each) => each.id).join(', '))}</p>
        )}
      </div>
    </div>
  );
}
