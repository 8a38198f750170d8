import { useMemo } from 'react';
import { Button } from '../../components/button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Markdown } from '../../markdown/markdown.tsx';
import type { SourceSpan } from '../../sources/source-viewer.tsx';
import { askTexts } from '../../texts/ask.ts';
import { commonTexts } from '../../texts/common.ts';
import { useTexts } from '../../texts/translated.ts';
import { toMarkers } from './answer-sources.tsx';
import type { PendingTurn } from './use-asking.ts';
import { WaitingNote } from './waiting-note.tsx';

export interface PendingAnswerProps {
  pending: PendingTurn;
  onShowSource(source: SourceSpan): void;
  onRetry(): void;
}

/** An answer while it is written, or what became of it. */
export function PendingAnswer({ pending, onShowSource, onRetry }: PendingAnswerProps) {
  const texts = useTexts(askTexts).answer;
  const common = useTexts(commonTexts);
  const { phase, text, citations, error } = pending;
  const markers = useMemo(() => toMarkers(citations, texts, onShowSource), [citations, texts, onShowSource]);
  return (
    <div className="answer" aria-busy={phase === 'searching' || phase === 'writing'}>
      <h2 className="hidden-label">{texts.heading}</h2>
      {text !== '' && <Markdown text={text} markers={markers} />}
      {phase === 'searching' && <WaitingNote />}
      {phase === 'writing' && (
        <p className="answer-status">
          <span className="spinner" aria-hidden="true" />
          {texts.writing}
        </p>
      )}
      {phase === 'stopped' && (
        <p className="answer-status">
          {texts.stopped}
          <Button icon="retry" onClick={onRetry}>
            {common.retry}
          </Button>
        </p>
      )}
      {phase === 'failed' && <ErrorNotice error={error} onRetry={onRetry} />}
    </div>
  );
}
