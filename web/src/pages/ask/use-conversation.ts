import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useConnection } from '../../api/session-context.tsx';
import { conversationKey, conversationQuery, conversationsQuery } from './ask-queries.ts';
import { toTurns, withTurn, type Turn } from './turns.ts';
import { useAsking, type PendingTurn, type QuestionToAsk } from './use-asking.ts';

export interface OpenConversation {
  /** Empty for a new one. */
  title: string;
  turns: readonly Turn[];
  pending: PendingTurn | null;
  /** Whether an answer is being written, here or in another conversation. */
  isBusy: boolean;
  isLoading: boolean;
  error: Error | null;
  reload(): void;
  ask(question: Omit<QuestionToAsk, 'conversationId'>): void;
  /** Asks again what did not come to its end. */
  retry(): void;
  stop(): void;
}

interface UnkeptTurn extends Turn {
  conversationId: string | null;
}

/** The conversation with this id, or a new one, which gets its id from the first answer: `onBegun` is told. */
export function useConversation(id: string | null, onBegun: (id: string) => void): OpenConversation {
  const connection = useConnection();
  const client = useQueryClient();
  const asking = useAsking(connection);
  // Turns that the service could not keep: they are shown while the page is open.
  const [unkept, setUnkept] = useState<readonly UnkeptTurn[]>([]);
  const stored = useQuery({ ...conversationQuery(connection, id ?? ''), enabled: id !== null });
  const shownId = useRef(id);
  useEffect(() => {
    shownId.current = id;
  }, [id]);

  const ask = async (asked: QuestionToAsk): Promise<void> => {
    const answer = await asking.ask(asked);
    if (answer === null) return;
    const turn = { question: asked.question, answer };
    const { conversation_id: keptIn } = answer;
    if (keptIn === null) {
      return setUnkept((turns) => [...turns, { ...turn, rating: null, conversationId: asked.conversationId }]);
    }
    client.setQueryData(conversationQuery(connection, keptIn).queryKey, (known) => withTurn(known, turn, new Date()));
    void client.invalidateQueries({ queryKey: conversationsQuery(connection).queryKey });
    // Whoever looks at another conversation by now stays there.
    if (asked.conversationId === null && shownId.current === null) onBegun(keptIn);
  };
  const { pending } = asking;
  const turns = id === null || stored.data === undefined ? [] : toTurns(stored.data.messages);
  return {
    title: id === null ? '' : (stored.data?.title ?? ''),
    turns: [...turns, ...unkept.filter(({ conversationId }) => conversationId === id)],
    pending: pending?.asked.conversationId === id ? pending : null,
    isBusy: asking.isBusy,
    isLoading: id !== null && stored.isPending,
    error: id === null ? null : stored.error,
    reload: () => void client.invalidateQueries({ queryKey: conversationKey(id ?? '') }),
    ask: (question) => void ask({ ...question, conversationId: id }),
    retry: () => void (pending === null ? undefined : ask(pending.asked)),
    stop: asking.stop,
  };
}
