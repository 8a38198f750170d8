/**
 * `work`, until it has succeeded once: calls at the same time share an attempt, and what failed is tried again by the
 * next call, but not within `pauseMs`, while calls get the error of the last attempt.
 */
export function untilDone(work: () => Promise<void>, pauseMs: number): () => Promise<void> {
  let attempt: Promise<void> | undefined;
  let failedAt: number | undefined;
  return () => {
    const mayRetry = failedAt !== undefined && performance.now() - failedAt >= pauseMs;
    if (attempt === undefined || mayRetry) {
      failedAt = undefined;
      attempt = work().catch((error: unknown) => {
        failedAt = performance.now();
        throw error;
      });
    }
    return attempt;
  };
}
