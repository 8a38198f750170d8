import { readAnswer, type Answer, type AnswerEvent, type Citation, type Connection } from '@billumy/protocol';
import { useEffect, useRef, useState } from 'react';

export interface QuestionToAsk {
  question: string;
  conversationId: string | null;
  /** null: the configured one. */
  model: string | null;
  /** Empty: all that may be seen. */
  collections: readonly string[];
}

/** An answer that is being written, or did not come to its end. */
export interface PendingTurn {
  asked: QuestionToAsk;
  /** `searching` until its first words. */
  phase: 'searching' | 'writing' | 'stopped' | 'failed';
  text: string;
  citations: readonly Citation[];
  error: unknown;
}

export interface Asking {
  pending: PendingTurn | null;
  isBusy: boolean;
  /** Resolves to the answer; to null when it was stopped or failed, which `pending` then tells. */
  ask(question: QuestionToAsk): Promise<Answer | null>;
  stop(): void;
}

/** One question at a time. Leaving the page ends it, and with it the work of the service. */
export function useAsking(connection: Connection): Asking {
  const [pending, setPending] = useState<PendingTurn | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const ask = async (asked: QuestionToAsk): Promise<Answer | null> => {
    const abort = new AbortController();
    running.current?.abort();
    running.current = abort;
    const change = (next: (turn: PendingTurn) => PendingTurn | null): void => {
      if (running.current === abort) setPending((turn) => (turn === null ? null : next(turn)));
    };
    setPending({ asked, phase: 'searching', text: '', citations: [], error: null });
    try {
      for await (const event of readAnswer(connection, toRequest(asked), abort.signal)) {
        if (event.type !== 'finish') {
          change((turn) => grow(turn, event));
          continue;
        }
        change(() => null);
        return event.answer;
      }
      throw new TypeError('the answer broke off');
    } catch (error) {
      change((turn) => ({ ...turn, phase: abort.signal.aborted ? 'stopped' : 'failed', error }));
      return null;
    }
  };
  const isBusy = pending?.phase === 'searching' || pending?.phase === 'writing';
  return { pending, isBusy, ask, stop: () => running.current?.abort() };
}

function grow(turn: PendingTurn, event: Exclude<AnswerEvent, { type: 'finish' }>): PendingTurn {
  switch (event.type) {
    case 'sources':
      return turn;
    case 'text-delta':
      return { ...turn, phase: 'writing', text: turn.text + event.delta };
    case 'citation':
      return { ...turn, citations: [...turn.citations, event.citation] };
    default:
      return event satisfies never;
  }
}

function toRequest({ question, conversationId, model, collections }: QuestionToAsk) {
  return {
    question,
    ...(conversationId === null ? {} : { conversation_id: conversationId }),
    ...(model === null ? {} : { model }),
    ...(collections.length === 0 ? {} : { collections: [...collections] }),
  };
}
