import { isAppError } from '../../errors/app-error.ts';
import type { ModelDownload, ModelFiles } from '../../ports/model-files.ts';

/** Downloads that nobody waits for. */
export interface BackgroundDownloads extends AsyncDisposable {
  /** Begins it; one that was begun already goes on. */
  begin(name: string): void;
  /** Whether one was under way that was begun here; resolves when it has stopped. */
  cancel(name: string): Promise<boolean>;
  /** All that are under way, whoever began them, and those that failed. */
  list(): ModelDownload[];
}

export function createBackgroundDownloads(files: Pick<ModelFiles, 'download' | 'downloads'>): BackgroundDownloads {
  const running = new Map<string, { stop: AbortController; ended: Promise<void> }>();
  /** Those that were refused before anything came: of these the files know nothing. */
  const refused = new Map<string, string>();

  async function bring(name: string, signal: AbortSignal): Promise<void> {
    try {
      await files.download(name, { signal });
    } catch (error) {
      const reason = isAppError(error) ? (error.detail ?? error.message) : 'The download failed.';
      if (!signal.aborted) refused.set(name, reason);
    } finally {
      running.delete(name);
    }
  }

  async function cancel(name: string): Promise<boolean> {
    const download = running.get(name);
    download?.stop.abort();
    await download?.ended;
    return download !== undefined;
  }

  return {
    begin(name) {
      if (running.has(name)) return;
      refused.delete(name);
      const stop = new AbortController();
      running.set(name, { stop, ended: bring(name, stop.signal) });
    },
    cancel,
    list() {
      // A failure is over as soon as the next try has begun.
      const known = files.downloads().filter(({ model, state }) => state === 'running' || !running.has(model));
      const begun = [...running.keys()].filter((name) => !known.some(({ model }) => model === name));
      const failed = [...refused].filter(([name]) => !running.has(name) && !known.some(({ model }) => model === name));
      return [
        ...known,
        ...begun.map((model) => ({ ...nothingCame, model })),
        ...failed.map(([model, error]) => ({ ...nothingCame, model, state: 'failed' as const, error })),
      ];
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...running.keys()].map(cancel));
    },
  };
}

const nothingCame: Omit<ModelDownload, 'model'> = {
  state: 'running',
  bytesDone: 0,
  bytesTotal: null,
  bytesPerSecond: 0,
  secondsLeft: null,
  error: null,
};
