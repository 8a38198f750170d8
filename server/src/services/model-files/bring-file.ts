import { download, type DownloadOptions, type RetryOptions } from './download.ts';
import { createDispatcher, type ProxySettings } from './http-source.ts';
import type { ResolvedModel } from './resolve-name.ts';
import { findTaggedFile } from './tagged-file.ts';

/** A model whose file is to be had elsewhere. */
export interface WantedModel extends Pick<ResolvedModel, 'profile' | 'path'> {
  origin: NonNullable<ResolvedModel['origin']>;
}

/** Downloads as `download` does; of a repository named with a tag, the file with that tag. */
export type BringFile = (model: WantedModel, work: Pick<DownloadOptions, 'signal' | 'progress'>) => Promise<void>;

/** All files come over the same connections. */
export function createBringFile({ proxy, retry }: { proxy: ProxySettings; retry: RetryOptions }): BringFile {
  const dispatcher = createDispatcher(proxy);
  return async ({ origin, profile, path }, work) => {
    const file =
      'tag' in origin
        ? await findTaggedFile(origin, { dispatcher, signal: work.signal, stallMs: retry.stallMs })
        : { ...origin, sha256: profile.sha256, bytes: profile.bytes };
    await download({ ...file, path, dispatcher, retry, ...work });
  };
}
