import { rm, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AppError } from '../../errors/app-error.ts';
import type { ModelDownload, ModelFiles } from '../../ports/model-files.ts';
import { catalogue } from './catalogue.ts';
import { describeModel } from './describe-model.ts';
import { download, type RetryOptions } from './download.ts';
import { createDispatcher, type ProxySettings } from './http-source.ts';
import { createGgufFiles } from './gguf-files.ts';
import { partOf } from './part-file.ts';
import { createProgress, type Progress } from './progress.ts';
import { type ResolvedModel, resolveModelName, type ResolveOptions } from './resolve-name.ts';

export interface ModelFilesOptions extends Omit<ResolveOptions, 'ggufs'> {
  /** Never downloads. */
  offline?: boolean;
  proxy?: ProxySettings;
  retry?: Partial<RetryOptions>;
  /** Milliseconds, for rates. */
  now?: () => number;
}

const usualRetry: RetryOptions = { attempts: 6, firstDelayMs: 500, longestDelayMs: 30_000, stallMs: 30_000 };
const noProxy: ProxySettings = { httpProxy: null, httpsProxy: null, noProxy: null };

interface RunningDownload {
  finished: Promise<void>;
  progress: Progress;
  /** Callers that still want it. */
  wanted: number;
  stop: AbortController;
}

/** Model files that an engine on this machine opens. */
export interface LocalModelFiles extends ModelFiles {
  /** The path of the complete, checked file; undefined when it is not on this machine. */
  findPath(name: string): Promise<string | undefined>;
}

/** Models of the catalogue, of Hugging Face and of files, kept under `directory`. */
export function createModelFiles(given: ModelFilesOptions): LocalModelFiles {
  const ggufs = createGgufFiles();
  const options = {
    ...given,
    ggufs,
    directory: resolve(given.directory),
    bundledDirectory: resolve(given.bundledDirectory),
  };
  const { offline = false, now = () => performance.now() } = options;
  const retry = { ...usualRetry, ...options.retry };
  const dispatcher = createDispatcher(options.proxy ?? noProxy);
  const running = new Map<string, RunningDownload>();
  const failures = new Map<string, ModelDownload>();

  function start(name: string, model: ResolvedModel & { url: string }): RunningDownload {
    const progress = createProgress({ model: name, bytesTotal: model.profile.bytes, now });
    const stop = new AbortController();
    const { path, url, profile } = model;
    const { sha256, bytes } = profile;
    const brought = download({
      url,
      path,
      sha256,
      bytes,
      dispatcher,
      retry,
      signal: stop.signal,
      progress: progress.report,
    });
    failures.delete(name);
    const finished = brought
      .catch((error: unknown) => {
        if (!stop.signal.aborted) failures.set(name, progress.failed(error));
        throw error;
      })
      .finally(() => running.delete(path));
    return { finished, progress, wanted: 0, stop };
  }

  return {
    profile: async (name) => (await resolveModelName(name, options)).profile,
    isInstalled: async (name) => isComplete(await resolveModelName(name, options)),
    async findPath(name) {
      const model = await resolveModelName(name, options);
      return (await isComplete(model)) ? model.path : undefined;
    },
    async download(name, { signal }) {
      signal.throwIfAborted();
      const model = await resolveModelName(name, options);
      if (await isComplete(model)) return;
      const { url } = model;
      if (url === null)
        throw new AppError('model_unavailable', { detail: 'This model is a file, which is not there.' });
      if (offline) throw new AppError('download_failed', { detail: 'Downloads are switched off by OFFLINE.' });
      await stopped(running.get(model.path));
      signal.throwIfAborted();
      const current = running.get(model.path) ?? start(name, { ...model, url });
      running.set(model.path, current);
      return join(current, signal);
    },
    async describe(name, { verbose = false } = {}) {
      const model = await resolveModelName(name, options);
      if (!(await isComplete(model))) throw notHere();
      return describeModel(model, { verbose, ggufs });
    },
    async remove(name) {
      const model = await resolveModelName(name, options);
      if (!(await isComplete(model))) throw notHere();
      if (!model.isRemovable) {
        throw new AppError('forbidden', { detail: 'This model was not downloaded: its file stays where it is.' });
      }
      await rm(model.path, { force: true });
      await partOf(model.path).discard();
    },
    downloads: () => [...[...running.values()].map(({ progress }) => progress.state()), ...failures.values()],
    list: () =>
      Promise.all(
        catalogue.map(async ({ name }) => {
          const model = await resolveModelName(name, options);
          return { profile: model.profile, installed: await isComplete(model) };
        }),
      ),
  };
}

/** Waits for the end of a download that everybody has left: it cannot be joined any more. */
async function stopped(current: RunningDownload | undefined): Promise<void> {
  if (current?.stop.signal.aborted === true) await current.finished.catch(() => undefined);
}

/** Waits for a download with others; the last one who leaves stops it. */
function join(current: RunningDownload, signal: AbortSignal): Promise<void> {
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

function notHere(): AppError {
  return new AppError('model_unavailable', { detail: 'The model is not on this machine.' });
}

/** A file under its own name is whole: parts have another one. Of files brought by hand the size is looked at. */
async function isComplete({ path, profile }: ResolvedModel): Promise<boolean> {
  const file = await stat(path).catch(() => undefined);
  return file?.isFile() === true && (profile.bytes === null || file.size === profile.bytes);
}
