import { giveFeedback, type Answer, type Message } from '@billumy/protocol';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useConnection } from '../../api/session-context.tsx';
import { copyText } from '../../browser/copy-text.ts';
import { IconButton } from '../../components/button.tsx';
import { useToast } from '../../components/toast.tsx';
import { askTexts } from '../../texts/ask.ts';
import { commonTexts } from '../../texts/common.ts';
import { useTexts } from '../../texts/translated.ts';
import { conversationKey } from './ask-queries.ts';
import { answerAsText } from './export-conversation.ts';
import { FeedbackDialog, type FeedbackGiven } from './feedback-dialog.tsx';

interface AnswerActionsProps {
  answer: Answer;
  rating: Message['rating'];
  onRetry(): void;
}

/** Copy, ask again, and say whether it was good. */
export function AnswerActions({ answer, rating: givenBefore, onRetry }: AnswerActionsProps) {
  const texts = useTexts(askTexts);
  const common = useTexts(commonTexts);
  const connection = useConnection();
  const client = useQueryClient();
  const { show, showError } = useToast();
  const [rating, setRating] = useState(givenBefore);
  const [isCorrecting, setCorrecting] = useState(false);
  const { conversation_id: conversationId } = answer;
  const copy = async (): Promise<void> => {
    show((await copyText(answerAsText(answer))) ? common.copied : common.notCopied);
  };
  const rate = async (given: FeedbackGiven): Promise<void> => {
    if (conversationId === null) return;
    await giveFeedback(connection, { conversationId, message_id: answer.id, ...given });
    void client.invalidateQueries({ queryKey: conversationKey(conversationId) });
    setRating(given.rating);
    setCorrecting(false);
    show(texts.feedback.thanks);
  };
  const send = (given: FeedbackGiven): void => void rate(given).catch(showError);
  return (
    <div className="answer-actions">
      <IconButton icon="copy" label={texts.answer.copy} onClick={() => void copy()} />
      <IconButton icon="retry" label={texts.answer.retry} onClick={onRetry} />
      {conversationId !== null && (
        <>
          <IconButton
            icon="up"
            label={texts.answer.good}
            aria-pressed={rating === 'up'}
            onClick={() => send({ rating: 'up' })}
          />
          <IconButton
            icon="down"
            label={texts.answer.bad}
            aria-pressed={rating === 'down'}
            onClick={() => setCorrecting(true)}
          />
        </>
      )}
      {isCorrecting && <FeedbackDialog onSend={send} onClose={() => setCorrecting(false)} />}
    </div>
  );
}
