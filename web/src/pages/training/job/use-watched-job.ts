import { isEnded, ProblemError, watchJob, type Connection, type Job } from '@billumy/protocol';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useConnection } from '../../../api/session-context.tsx';
import { withPoint, type LossPoint } from './loss-points.ts';

export interface WatchedJob {
  /** null until the service has told of it. */
  job: Job | null;
  /** Of the losses that were told while somebody watched. */
  points: readonly LossPoint[];
  /** Why nothing more is told. */
  error: unknown;
  /** The connection broke and is being made again. */
  isReconnecting: boolean;
}

const reconnectAfterMs = 2_000;
const pointsKey = (id: string) => ['loss-points', id] as const;

/** Follows a job while the component stands, again whenever the connection breaks. */
export function useWatchedJob(id: string): WatchedJob {
  const connection = useConnection();
  const client = useQueryClient();
  const [watched, setWatched] = useState<WatchedJob>(() => ({
    job: null,
    // Whoever comes back to the page finds the curve as it was.
    points: client.getQueryData<readonly LossPoint[]>(pointsKey(id)) ?? [],
    error: null,
    isReconnecting: false,
  }));
  useEffect(() => {
    const abort = new AbortController();
    void follow(connection, id, {
      signal: abort.signal,
      onJob: (job) =>
        setWatched(({ points }) => ({ job, points: withPoint(points, job), error: null, isReconnecting: false })),
      onBroken: () => setWatched((before) => ({ ...before, isReconnecting: true })),
      onRefused: (error) => setWatched((before) => ({ ...before, error, isReconnecting: false })),
    });
    return () => abort.abort();
  }, [connection, id]);
  const { points } = watched;
  useEffect(() => {
    client.setQueryData(pointsKey(id), points);
  }, [client, id, points]);
  return watched;
}

interface Follower {
  signal: AbortSignal;
  onJob(job: Job): void;
  onBroken(): void;
  /** Trying again would not help. */
  onRefused(error: unknown): void;
}

async function follow(
  connection: Connection,
  id: string,
  { signal, onJob, onBroken, onRefused }: Follower,
): Promise<void> {
  while (!signal.aborted) {
    try {
      for await (const job of watchJob(connection, id, signal)) {
        onJob(job);
        if (isEnded(job)) return;
      }
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof ProblemError && !error.problem.retryable) return onRefused(error);
    }
    onBroken();
    await pause(reconnectAfterMs, signal);
  }
}

/** Resolves early when the signal aborts. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
