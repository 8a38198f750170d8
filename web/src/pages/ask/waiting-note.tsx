import { getQueue } from '@billumy/protocol';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useConnection } from '../../api/session-context.tsx';
import { askTexts } from '../../texts/ask.ts';
import { useTexts } from '../../texts/translated.ts';

const everyMs = 1_000;
const patienceMs = 3_000;

/** What an answer waits for: a search, the place in the queue, a service that is slow. */
export function WaitingNote() {
  const texts = useTexts(askTexts);
  const connection = useConnection();
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), patienceMs);
    return () => clearTimeout(timer);
  }, []);
  const queue = useQuery({
    queryKey: ['queue'],
    queryFn: ({ signal }) => getQueue(connection, { signal }),
    refetchInterval: everyMs,
    // The answer itself tells when the service fails.
    retry: false,
  });
  const places =
    queue.data?.models.flatMap(({ calls }) => calls.filter(({ own }) => own).map(({ place }) => place)) ?? [];
  const [place] = places.toSorted((first, second) => first - second);
  return (
    <div className="answer-status" role="status">
      <span className="spinner" aria-hidden="true" />
      <span>
        {place === undefined ? texts.answer.searching : texts.waiting.place(place)}
        {isSlow && ` ${texts.waiting.slow}`}
      </span>
    </div>
  );
}
