import type { Redis } from 'ioredis';
import { AppError } from '../../errors/app-error.ts';
import { whyRedisFailed } from './redis-errors.ts';

/** The only way to Redis: open while it answers, and closed at its first failure until a probe succeeds. */
export interface RedisGate {
  readonly usable: boolean;
  /** What went wrong last; undefined while nothing is wrong. */
  readonly lastError: unknown;
  /** See `RedisConnection`. */
  run<T>(use: (redis: Redis) => Promise<T>): Promise<T>;
  /** Calls back when it opens and when it closes; returns the way to stop. */
  onChange(listener: (usable: boolean) => void): () => void;
  stop(): void;
}

/** How often a Redis that answers, but does not work yet, is tried again. */
const probeMs = 500;
const retryAfterSeconds = 2;

/** @param answerMs how long Redis may take for an answer */
export function createRedisGate(redis: Redis, answerMs: number): RedisGate {
  const listeners = new Set<(usable: boolean) => void>();
  let attempted: (() => void) | undefined;
  const firstAttempt = new Promise<void>((resolve) => (attempted = resolve));
  let usable = false;
  let stopped = false;
  let lastError: unknown;
  let timer: NodeJS.Timeout | undefined;

  const turn = (next: boolean): void => {
    attempted?.();
    if (usable === next || stopped) return;
    usable = next;
    for (const listener of listeners) listener(next);
  };
  const fail = (error: unknown): void => {
    lastError = error;
    turn(false);
    // A connection that is half open looks alive for minutes: only a new one tells.
    if (error instanceof DeadlineError && redis.status === 'ready') redis.disconnect(true);
  };
  const probe = async (): Promise<void> => {
    clearTimeout(timer);
    try {
      await withDeadline(redis.ping(), answerMs);
      lastError = undefined;
      turn(true);
    } catch (error) {
      fail(error);
      timer = setTimeout(() => redis.status === 'ready' && void probe(), probeMs).unref();
    }
  };
  redis.on('ready', () => void probe());
  redis.on('error', (error: unknown) => (lastError = error));
  redis.on('close', () => turn(false));

  return {
    get usable() {
      return usable;
    },
    get lastError() {
      return lastError;
    },
    async run(use) {
      if (!usable) await firstAttempt;
      if (!usable) throw unavailable(lastError);
      try {
        return await withDeadline(use(redis), answerMs);
      } catch (error) {
        if (error instanceof DeadlineError) fail(error);
        throw unavailable(error);
      }
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    stop() {
      turn(false);
      stopped = true;
      clearTimeout(timer);
    },
  };
}

class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

function withDeadline<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = (): void => reject(new DeadlineError(`no answer within ${milliseconds} ms`));
    // When this process was busy, timers come before the replies that have arrived meanwhile: those are heard first.
    const timer = setTimeout(() => setImmediate(late), milliseconds);
    void work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function unavailable(cause: unknown): AppError {
  return new AppError('part_unavailable', { ...whyRedisFailed(cause), retryAfterSeconds, cause });
}
