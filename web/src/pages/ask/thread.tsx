import { useState, type ReactNode, type RefObject } from 'react';
import { Link } from 'wouter';
import { useMe } from '../../api/session-context.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Loading } from '../../components/loading.tsx';
import type { SourceSpan } from '../../sources/source-viewer.tsx';
import { askTexts } from '../../texts/ask.ts';
import { useTexts } from '../../texts/translated.ts';
import { AnswerView } from './answer-view.tsx';
import { PendingAnswer } from './pending-answer.tsx';
import { QuestionView } from './question-view.tsx';
import { useFollow } from './use-follow.ts';
import type { OpenConversation } from './use-conversation.ts';

export interface ThreadProps {
  conversation: OpenConversation;
  onShowSource(source: SourceSpan): void;
  /** Puts a question into the field again. */
  onEdit(question: string): void;
  onAsk(question: string): void;
}

/** The turns of a conversation, the newest in sight. */
export function Thread({ conversation, onShowSource, onEdit, onAsk }: ThreadProps) {
  const texts = useTexts(askTexts);
  const { turns, pending, isLoading, error, reload, retry } = conversation;
  const frame = useFollow(`${turns.length} ${pending?.phase} ${pending?.text.length}`);
  if (isLoading) return <Frame frame={frame} content={<Loading what={texts.conversations.waitingOne} />} />;
  if (error !== null) return <Frame frame={frame} content={<ErrorNotice error={error} onRetry={reload} />} />;
  if (turns.length === 0 && pending === null) return <Frame frame={frame} content={<Start />} />;
  return (
    <Frame
      frame={frame}
      content={
        <>
          {turns.map(({ question, answer, rating }) => (
            <article key={answer.id} className="turn">
              <QuestionView text={question} onEdit={() => onEdit(question)} />
              <AnswerView answer={answer} rating={rating} onShowSource={onShowSource} onRetry={() => onAsk(question)} />
            </article>
          ))}
          {pending !== null && (
            <article className="turn">
              <QuestionView text={pending.asked.question} onEdit={() => onEdit(pending.asked.question)} />
              <PendingAnswer pending={pending} onShowSource={onShowSource} onRetry={retry} />
            </article>
          )}
          <Announcement conversation={conversation} />
        </>
      }
    />
  );
}

function Frame({ frame, content }: { frame: RefObject<HTMLDivElement | null>; content: ReactNode }) {
  return (
    <div className="thread" ref={frame}>
      <div className="thread-lines">{content}</div>
    </div>
  );
}

/** Tells who listens that words are coming, and reads the answer once it is whole. */
function Announcement({ conversation: { turns, pending } }: { conversation: OpenConversation }) {
  const texts = useTexts(askTexts).answer;
  const [atFirst] = useState(turns.length);
  const last = turns.at(-1);
  const isNew = turns.length > atFirst && last !== undefined;
  const finished = isNew ? `${texts.done} ${last.answer.answer}` : '';
  const told = { searching: texts.searching, writing: texts.writing, stopped: texts.stopped, failed: texts.failed };
  return (
    <p className="hidden-label" aria-live="polite">
      {pending === null ? finished : told[pending.phase]}
    </p>
  );
}

function Start() {
  const texts = useTexts(askTexts).start;
  const mayAdd = useMe().scopes.includes('ingest');
  return (
    <EmptyState icon="chat" title={texts.title} detail={texts.detail}>
      {mayAdd && <Link href="/documents">{texts.documents}</Link>}
    </EmptyState>
  );
}
