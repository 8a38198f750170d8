import type { ModelDownload } from '../../ports/model-files.ts';
import { createProgress, type Progress } from './progress.ts';

export interface Bringing {
  /** What callers ask for by the same key is brought once. */
  key: string;
  model: string;
  bytesTotal: number | null;
  /** Of one caller: the last one who leaves stops the work. */
  signal: AbortSignal;
  work(options: { signal: AbortSignal; progress: Progress['report'] }): Promise<void>;
}

export interface SharedDownloads {
  /** Begins the work, or waits with others for what is under way. */
  bring(options: Bringing): Promise<void>;
  /** Those under way, and those that ended badly. */
  list(): ModelDownload[];
}

interface Running {
  finished: Promise<void>;
  progress: Progress;
  /** Callers that still want it. */
  wanted: number;
  stop: AbortController;
}

/** One download per model at a time, which several callers may wait for. `now` in milliseconds. */
export function createSharedDownloads(now: () => number): SharedDownloads {
  const running = new Map<string, Running>();
  const failures = new Map<string, ModelDownload>();

  function start({ key, model, bytesTotal, work }: Bringing): Running {
    const progress = createProgress({ model, bytesTotal, now });
    const stop = new AbortController();
    failures.delete(model);
    const finished = work({ signal: stop.signal, progress: progress.report })
      .catch((error: unknown) => {
        if (!stop.signal.aborted) failures.set(model, progress.failed(error));
        throw error;
      })
      .finally(() => running.delete(key));
    return { finished, progress, wanted: 0, stop };
  }

  return {
    async bring(options) {
      const { key, signal } = options;
      await stopped(running.get(key));
      signal.throwIfAborted();
      const current = running.get(key) ?? start(options);
      running.set(key, current);
      return join(current, signal);
    },
    list: () => [...[...running.values()].map(({ progress }) => progress.state()), ...failures.values()],
  };
}

/** Waits for the end of a download that everybody has left: it cannot be joined any more. */
async function stopped(current: Running | undefined): Promise<void> {
  if (current?.stop.signal.aborted === true) await current.finished.catch(() => undefined);
}

/** Waits for a download with others; the last one who leaves stops it. */
function join(current: Running, signal: AbortSignal): Promise<void> {
  current.wanted++;
  return new Promise((fulfil, reject) => {
    const leave = (): void => {
      current.wanted--;
      if (current.wanted === 0) current.stop.abort(signal.reason);
      // The part is closed by then, so that a later download may continue it.
      if (current.wanted === 0) current.finished.then(fulfil, () => reject(signal.reason));
      else reject(signal.reason);
    };
    if (signal.aborted) return leave();
    signal.addEventListener('abort', leave, { once: true });
    current.finished.then(fulfil, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
