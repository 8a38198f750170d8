import type { Answer, Message } from '@billumy/protocol';
import { Icon } from '../../components/icon.tsx';
import { Markdown } from '../../markdown/markdown.tsx';
import { linksIn } from '../../markdown/links-in.ts';
import type { SourceSpan } from '../../sources/source-viewer.tsx';
import { askTexts } from '../../texts/ask.ts';
import { useTexts } from '../../texts/translated.ts';
import { useMemo } from 'react';
import { AnswerActions } from './answer-actions.tsx';
import { NearestPassages, SourceList, toMarkers } from './answer-sources.tsx';

export interface AnswerViewProps {
  answer: Answer;
  /** Given before. */
  rating: Message['rating'];
  onShowSource(source: SourceSpan): void;
  onRetry(): void;
}

/** An answer with its sources; what no source supports is marked, and a refusal shows what came closest. */
export function AnswerView({ answer, rating, onShowSource, onRetry }: AnswerViewProps) {
  const texts = useTexts(askTexts).answer;
  const { citations, sentences, answered, nearest } = answer;
  const markers = useMemo(() => toMarkers(citations, texts, onShowSource), [citations, texts, onShowSource]);
  const links = useMemo(() => linksIn(citations.map(({ quote }) => quote)), [citations]);
  // A refusal states nothing that a source could support.
  const unsupported = useMemo(
    () => (answered ? sentences.filter(({ supported }) => !supported) : []),
    [answered, sentences],
  );
  return (
    <div className={answered ? 'answer' : 'answer refused'}>
      <h2 className="hidden-label">{texts.heading}</h2>
      <AnswerBadges answer={answer} />
      <Markdown text={answer.answer} markers={markers} unsupported={unsupported} links={links} />
      {unsupported.length > 0 && (
        <p className="answer-warning">
          <Icon name="warning" />
          {texts.unsupportedCount(unsupported.length)}
        </p>
      )}
      <SourceList citations={citations} onShow={onShowSource} />
      {!answered && <NearestPassages passages={nearest} onShow={onShowSource} />}
      {answer.conversation_id === null && <p className="answer-warning">{texts.notKept}</p>}
      <AnswerActions answer={answer} rating={rating} onRetry={onRetry} />
    </div>
  );
}

function AnswerBadges({ answer: { mode, answered, model } }: { answer: Answer }) {
  const texts = useTexts(askTexts).answer;
  return (
    <p className="answer-badges">
      {mode === 'extractive' && answered && (
        <span className="badge" title={texts.extractiveHint}>
          {texts.extractive}
        </span>
      )}
      {mode === 'cached' && (
        <span className="badge" title={texts.cachedHint}>
          {texts.cached}
        </span>
      )}
      {model !== null && <span className="badge">{model}</span>}
    </p>
  );
}
