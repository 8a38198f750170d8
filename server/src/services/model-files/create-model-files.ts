import { rm, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import type { ModelFiles } from '../../ports/model-files.ts';
import { catalogue } from './catalogue.ts';
import { describeModel } from './describe-model.ts';
import type { BringFile } from './bring-file.ts';
import type { RetryOptions } from './download.ts';
import type { ProxySettings } from './http-source.ts';
import { createGgufFiles } from './gguf-files.ts';
import { partOf } from './part-file.ts';
import { type ResolvedModel, resolveModelName, type ResolveOptions } from './resolve-name.ts';
import { createSharedDownloads } from './shared-downloads.ts';

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
  const { retry, proxy = noProxy } = options;
  const downloads = createSharedDownloads(now);
  let bringing: Promise<BringFile> | undefined;
  // Where nothing is missing, what downloads is not loaded.
  const loadBringing = (): Promise<BringFile> =>
    (bringing ??= import('./bring-file.ts').then(({ createBringFile }) =>
      createBringFile({ proxy, retry: { ...usualRetry, ...retry } }),
    ));

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
      const { origin } = model;
      if (origin === null)
        throw new AppError('model_unavailable', { detail: told`This model is a file, which is not there.` });
      if (offline) throw new AppError('download_failed', { detail: told`Downloads are switched off by OFFLINE.` });
      const { path, profile } = model;
      return downloads.bring({
        key: path,
        model: name,
        bytesTotal: profile.bytes,
        signal,
        work: async (work) => (await loadBringing())({ origin, profile, path }, work),
      });
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
        throw new AppError('forbidden', { detail: told`This model was not downloaded: its file stays where it is.` });
      }
      await rm(model.path, { force: true });
      await partOf(model.path).discard();
    },
    downloads: downloads.list,
    list: () =>
      Promise.all(
        catalogue.map(async ({ name }) => {
          const model = await resolveModelName(name, options);
          return { profile: model.profile, installed: await isComplete(model) };
        }),
      ),
  };
}

function notHere(): AppError {
  return new AppError('model_unavailable', { detail: told`The model is not on this machine.` });
}

/** A file under its own name is whole: parts have another one. Of files brought by hand the size is looked at. */
async function isComplete({ path, profile }: ResolvedModel): Promise<boolean> {
  const file = await stat(path).catch(() => undefined);
  return file?.isFile() === true && (profile.bytes === null || file.size === profile.bytes);
}
