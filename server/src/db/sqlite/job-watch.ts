import type { Job } from '../../models/job.ts';

export interface JobWatch {
  watch(id: string, changed: (job: Job) => void): () => void;
  /** Tells of a change that this process made, at once. */
  notify(job: Job): void;
  stop(): void;
}

/** How soon a change by another process is seen. */
const pollMs = 250;

interface Watched {
  callbacks: Set<(job: Job) => void>;
  lastState: string | null;
}

/** Watches jobs: changes of this process are told at once, those of others are found by looking while anybody watches. */
export function createJobWatch(find: (id: string) => Promise<Job | undefined>): JobWatch {
  const watchedJobs = new Map<string, Watched>();
  let timer: NodeJS.Timeout | null = null;

  const notify = (job: Job): void => {
    const watched = watchedJobs.get(job.id);
    const state = stateOf(job);
    if (watched === undefined || watched.lastState === state) return;
    watched.lastState = state;
    for (const changed of watched.callbacks) changed(job);
  };
  const poll = async (id: string, watched: Watched): Promise<void> => {
    const { lastState } = watched;
    const job = await find(id).catch(() => undefined);
    // What was told while this was read is newer.
    if (job !== undefined && watched.lastState === lastState) notify(job);
  };
  const stop = (): void => {
    if (timer !== null) clearInterval(timer);
    timer = null;
  };

  return {
    watch(id, changed) {
      const watched = watchedJobs.get(id) ?? { callbacks: new Set(), lastState: null };
      watchedJobs.set(id, watched);
      watched.callbacks.add(changed);
      timer ??= setInterval(() => {
        for (const [each, state] of watchedJobs) void poll(each, state);
      }, pollMs).unref();
      return () => {
        watched.callbacks.delete(changed);
        if (watched.callbacks.size > 0 || watchedJobs.get(id) !== watched) return;
        watchedJobs.delete(id);
        if (watchedJobs.size === 0) stop();
      };
    },
    notify,
    stop,
  };
}

function stateOf({ status, attempts, progress, error }: Job): string {
  return JSON.stringify([status, attempts, progress, error]);
}
