import { describeError } from '../api/describe-error.ts';
import { commonTexts } from '../texts/common.ts';
import { problemTexts } from '../texts/problems.ts';
import { useTexts } from '../texts/translated.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

export interface ErrorNoticeProps {
  error: unknown;
  /** Absent: trying again would not help. */
  onRetry?: (() => void) | undefined;
}

/** What happened and what a person can do about it. */
export function ErrorNotice({ error, onRetry }: ErrorNoticeProps) {
  const common = useTexts(commonTexts);
  const { message, detail, requestId } = describeError(error, useTexts(problemTexts));
  return (
    <div className="notice error" role="alert">
      <Icon name="warning" />
      <div className="notice-body">
        <p>{message}</p>
        {detail !== null && (
          <p className="notice-detail" lang="en">
            {detail}
          </p>
        )}
        {requestId !== null && <p className="notice-detail">{common.requestId(requestId)}</p>}
      </div>
      {onRetry !== undefined && (
        <Button icon="retry" onClick={onRetry}>
          {common.retry}
        </Button>
      )}
    </div>
  );
}
