import { describeError } from '../api/describe-error.ts';
import { commonTexts } from '../texts/common.ts';
import { problemTexts } from '../texts/problems.ts';
import { useTexts } from '../texts/translated.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

const mostIssues = 5;

export interface ErrorNoticeProps {
  error: unknown;
  /** Absent: trying again would not help. */
  onRetry?: (() => void) | undefined;
  /** False where they stand beside what they are about. */
  showsIssues?: boolean;
}

/** What happened and what a person can do about it. */
export function ErrorNotice({ error, onRetry, showsIssues = true }: ErrorNoticeProps) {
  const common = useTexts(commonTexts);
  const { message, detail, issues, requestId } = describeError(error, useTexts(problemTexts));
  return (
    <div className="notice error" role="alert">
      <Icon name="warning" />
      <div className="notice-body">
        <p>{message}</p>
        {detail !== null && <p className="notice-detail">{detail}</p>}
        {showsIssues && issues.length > 0 && (
          <ul className="notice-issues">
            {issues.slice(0, mostIssues).map(({ path, message: fault }) => (
              <li key={`${path} ${fault}`}>
                <code>{path}</code>: {fault}
              </li>
            ))}
          </ul>
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
