import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import { AppError, isAppError } from '../../errors/app-error.ts';
import { told, type Told } from '../../errors/told.ts';
import { isDiskFull } from '../../process/disk-full.ts';
import { diskFull, requireSpace } from './free-space.ts';
import { isGguf } from './gguf-header.ts';
import { fetchFrom, type HttpPart, RangeRefused, TransientFailure } from './http-source.ts';
import { type PartFile, partOf } from './part-file.ts';
import { sha256Of } from './sha256-of.ts';

export interface DownloadOptions {
  url: string;
  path: string;
  /** What the catalogue says; null where it says nothing. */
  sha256: string | null;
  bytes: number | null;
  dispatcher: Dispatcher;
  signal: AbortSignal;
  progress: (bytesDone: number, bytesTotal: number | null) => void;
  retry: RetryOptions;
}

export interface RetryOptions {
  /** Tries in a row that bring nothing new before the download fails. */
  attempts: number;
  firstDelayMs: number;
  longestDelayMs: number;
  /** A server that sends nothing for so long is given up. */
  stallMs: number;
}

/**
 * Brings a file to its path, in one step when it is whole and has the right size and hash. Continues a part that an
 * earlier try left. Rejects with `download_failed`, `download_corrupt`, `disk_full`, or the signal's reason.
 */
export async function download(options: DownloadOptions): Promise<void> {
  const { retry, signal, url, path } = options;
  const part = partOf(path);
  await mkdir(dirname(path), { recursive: true });
  let fruitless = 0;
  for (;;) {
    signal.throwIfAborted();
    const before = await part.size(url);
    try {
      await bringRest(part, options);
      break;
    } catch (error) {
      const failure = asTransient(error, signal);
      if (failure instanceof RangeRefused) await part.discard();
      fruitless = (await part.size(url)) > before ? 0 : fruitless + 1;
      if (fruitless >= retry.attempts) throw unreachable(failure);
      await wait(Math.max(failure.retryAfterMs ?? 0, backoff(retry, fruitless)), undefined, { signal });
    }
  }
  await check(part, options);
  await part.complete();
}

/** Full jitter: source aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter. */
function backoff({ firstDelayMs, longestDelayMs }: RetryOptions, attempt: number): number {
  return Math.random() * Math.min(longestDelayMs, firstDelayMs * 2 ** attempt);
}

/** Throws what another try cannot mend. */
function asTransient(error: unknown, signal: AbortSignal): TransientFailure {
  if (signal.aborted) throw signal.reason;
  if (error instanceof TransientFailure) return error;
  if (isAppError(error)) throw error;
  const { code } = error as { code?: unknown };
  if (isDiskFull(error)) throw diskFull(error);
  if (typeof code === 'string' && code.startsWith('UND_ERR')) return new TransientFailure(code, { cause: error });
  if (code === 'ECONNRESET' || code === 'EPIPE') return new TransientFailure(code, { cause: error });
  throw new AppError('download_failed', { detail: told`The file could not be written.`, cause: error });
}

function unreachable(cause: TransientFailure): AppError {
  const detail = told`Check the network and the proxy settings; the download continues where it stopped.`;
  return new AppError('download_failed', { detail, cause });
}

async function bringRest(part: PartFile, options: DownloadOptions): Promise<void> {
  const { url, bytes, dispatcher, signal, retry, sha256 } = options;
  const origin = await part.origin();
  const there = await part.size(url);
  // Without a tag or a hash nobody could tell that the file changed between two tries.
  const isSafeToContinue = (origin?.entityTag ?? sha256) !== null;
  const start = isSafeToContinue ? there : 0;
  if (start > 0 && start === (bytes ?? origin?.totalBytes)) return;
  const from = { start, entityTag: origin?.entityTag ?? null };
  const received = await fetchFrom(url, { dispatcher, signal, from, stallMs: retry.stallMs });
  if (bytes !== null && received.totalBytes !== null && received.totalBytes !== bytes) {
    throw corrupt(told`The server offers a file of another size than the catalogue says.`);
  }
  const { entityTag } = received;
  const totalBytes = received.totalBytes ?? bytes;
  await requireSpace(dirname(options.path), (totalBytes ?? 0) - received.start);
  const file = await part.open(received.start === 0 ? { url, entityTag, totalBytes } : undefined);
  try {
    await receive(file, received, { totalBytes, progress: options.progress });
  } finally {
    await file.close();
  }
}

async function receive(
  file: FileHandle,
  { start, body }: HttpPart,
  { totalBytes, progress }: { totalBytes: number | null; progress: DownloadOptions['progress'] },
): Promise<void> {
  let done = start;
  for await (const chunk of body) {
    await file.write(chunk);
    done += chunk.length;
    progress(done, totalBytes);
  }
  if (totalBytes !== null && done < totalBytes) throw new TransientFailure('the connection ended too early');
}

/** A file that is not what it should be is thrown away, so that the next download begins anew. */
async function check(part: PartFile, { bytes, sha256, url }: DownloadOptions): Promise<void> {
  const size = await part.size(url);
  const total = bytes ?? (await part.origin())?.totalBytes ?? size;
  const fault =
    (size !== total && told`The file does not have the size it should have.`) ||
    (!(await beginsAsGguf(part.path)) && told`What came is not a model file.`) ||
    (sha256 !== null &&
      (await sha256Of(part.path)) !== sha256 &&
      told`The file does not have the hash it should have.`);
  if (fault === false) return;
  await part.discard();
  throw corrupt(told`${fault} It was thrown away; download it again.`);
}

async function beginsAsGguf(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(8), 0, 8);
    return isGguf(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

function corrupt(detail: Told): AppError {
  return new AppError('download_corrupt', { detail });
}
