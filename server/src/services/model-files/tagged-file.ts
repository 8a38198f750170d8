import { buffer } from 'node:stream/consumers';
import type { Dispatcher } from 'undici';
import { z } from 'zod';
import { AppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import { fetchFrom, TransientFailure } from './http-source.ts';

/** A file elsewhere, with what is said of it there. */
export interface RemoteFile {
  url: string;
  sha256: string | null;
  bytes: number | null;
}

export interface TagReference {
  /** Hugging Face, or a mirror with the same paths. */
  baseUrl: string;
  owner: string;
  repository: string;
  /** How the weights are quantised, as it stands in the name of the file: `Q4_K_M`. */
  tag: string;
}

export interface LookOptions {
  dispatcher: Dispatcher;
  signal: AbortSignal;
  stallMs: number;
}

const longestListing = 8 * 1024 * 1024;
const listingSchema = z.array(
  z.object({
    path: z.string(),
    size: z.int().min(0).optional(),
    lfs: z.object({ oid: z.string().regex(/^[0-9a-f]{64}$/), size: z.int().min(0) }).optional(),
  }),
);
/** Names of files are put into an address. */
const safePath = /^(?!.*\.\.)[\w.-]+(\/[\w.-]+)*$/;
const partOfSeveral = /-\d{5}-of-\d{5}\.gguf$/i;

/**
 * The GGUF file of a repository whose name ends with the tag, by the list of files that the hub gives. Rejects with
 * `download_failed` when there is none, or several, or when it comes in parts, naming what there is.
 */
export async function findTaggedFile(reference: TagReference, options: LookOptions): Promise<RemoteFile> {
  const { baseUrl, owner, repository, tag } = reference;
  const root = baseUrl.replace(/\/+$/, '');
  const files = (await listFiles(`${root}/api/models/${owner}/${repository}/tree/main?recursive=true`, options)).filter(
    ({ path }) => safePath.test(path) && /\.gguf$/i.test(path) && !/(^|\/)mmproj/i.test(path),
  );
  const whole = files.filter(({ path }) => !partOfSeveral.test(path));
  const tagged = whole.filter(({ path }) => endsWithTag(path, tag));
  const [file, ...others] = tagged;
  if (file === undefined || others.length > 0) throw notOne(reference, { files, tagged });
  return {
    url: `${root}/${owner}/${repository}/resolve/main/${file.path}`,
    sha256: file.lfs?.oid ?? null,
    bytes: file.lfs?.size ?? file.size ?? null,
  };
}

async function listFiles(url: string, options: LookOptions): Promise<z.infer<typeof listingSchema>> {
  try {
    const { body, totalBytes } = await fetchFrom(url, { ...options, from: { start: 0, entityTag: null } });
    if (totalBytes !== null && totalBytes > longestListing) throw unreadable();
    const text = await buffer(bounded(body));
    return listingSchema.parse(JSON.parse(text.toString()));
  } catch (error) {
    if (error instanceof TransientFailure) {
      const detail = told`The list of files of the repository cannot be had now: check the network and the proxy settings.`;
      throw new AppError('download_failed', { detail, cause: error });
    }
    if (error instanceof SyntaxError || error instanceof z.ZodError) throw unreadable(error);
    throw error;
  }
}

async function* bounded(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const piece of body) {
    bytes += piece.length;
    if (bytes > longestListing) throw unreadable();
    yield piece;
  }
}

function unreadable(cause?: unknown): AppError {
  return new AppError('download_failed', {
    detail: told`The hub gives no list of the files of this repository.`,
    cause,
  });
}

function endsWithTag(path: string, tag: string): boolean {
  const name = path.slice(0, -'.gguf'.length).toLowerCase();
  return name === tag.toLowerCase() || ['-', '.', '_'].some((mark) => name.endsWith(`${mark}${tag.toLowerCase()}`));
}

const mostNamed = 12;

function notOne(
  { owner, repository, tag }: TagReference,
  { files, tagged }: { files: readonly { path: string }[]; tagged: readonly { path: string }[] },
): AppError {
  const inParts = files.some(({ path }) => partOfSeveral.test(path) && path.toLowerCase().includes(tag.toLowerCase()));
  const named = (tagged.length > 0 ? tagged : files).slice(0, mostNamed).map(({ path }) => path);
  const reason = inParts
    ? told`${tag} comes in several files, which are not read.`
    : tagged.length === 0
      ? told`No file of ${owner}/${repository} ends with ${tag}.`
      : told`More than one file of ${owner}/${repository} ends with ${tag}.`;
  const choice =
    named.length === 0
      ? told`It has no GGUF files.`
      : told`Name the file, hf:${owner}/${repository}/…, of: ${named.join(', ')}.`;
  return new AppError('download_failed', { detail: told`${reason} ${choice}` });
}
