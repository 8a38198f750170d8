import { Button } from '../../../components/button.tsx';
import { newTrainingTexts } from '../../../texts/new-training.ts';
import { useTexts } from '../../../texts/translated.ts';
import type { LineIssue } from './example-lines.ts';

const shownIssues = 100;
const shownCharacters = 300;

export interface LineIssuesProps {
  issues: readonly LineIssue[];
  lines: readonly string[];
  /** Absent: the lines are not in sight. */
  onGoTo: ((line: number) => void) | undefined;
}

/** What the service says of single lines, beside each of them. */
export function LineIssues({ issues, lines, onGoTo }: LineIssuesProps) {
  const texts = useTexts(newTrainingTexts);
  if (issues.length === 0) return null;
  return (
    <section className="panel line-issues" aria-label={texts.issues(issues.length)}>
      <h3>{texts.issues(issues.length)}</h3>
      <ul>
        {issues.slice(0, shownIssues).map(({ line, field, message }) => (
          <li key={`${line} ${field} ${message}`}>
            <div className="panel-head">
              <p>
                <strong>{texts.line(line)}</strong>
                {': '}
                <span className="field-error">{field === '' ? message : `${field} ${message}`}</span>
              </p>
              {onGoTo !== undefined && (
                <Button variant="plain" onClick={() => onGoTo(line)}>
                  {texts.goTo(line)}
                </Button>
              )}
            </div>
            <p className="code line-text">{(lines[line - 1] ?? '').slice(0, shownCharacters)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
