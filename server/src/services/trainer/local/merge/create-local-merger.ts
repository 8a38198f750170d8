import { AppError } from '../../../../errors/app-error.ts';
import { told } from '../../../../errors/told.ts';
import type { MergedModel, MergeRequest, ModelMerger } from '../../../../ports/model-merger.ts';
import { createTurns } from '../../../../process/turns.ts';
import type { TrainerReply } from '../messages.ts';
import { readLlama, UntrainableBase } from '../model/read-llama.ts';
import { startTrainerProcess, type TrainerProcess } from '../trainer-process.ts';
import type { MergePaths } from './merged-file.ts';

export interface LocalMergerOptions {
  /** The file of a model or of an adapter; undefined when it is not there. */
  findPath(name: string): Promise<string | undefined>;
}

/** Whoever reads slowly keeps a place. */
const mostAtOnce = 4;

/** Merges in a process of its own for each file, with the libraries of the engine. */
export function createLocalMerger({ findPath }: LocalMergerOptions): ModelMerger {
  const turns = createTurns(mostAtOnce);
  const closed = new AbortController();
  const running = new Set<Promise<void>>();

  async function releaseAfter(child: TrainerProcess): Promise<void> {
    await child.ended;
    turns.release();
  }
  async function pathOf(name: string): Promise<string> {
    const path = await findPath(name);
    if (path === undefined) throw new AppError('model_unavailable', { detail: told`${name} is not on this machine.` });
    return path;
  }
  async function pathsOf({ model, adapter }: MergeRequest): Promise<MergePaths> {
    const paths = { basePath: await pathOf(model), adapterPath: await pathOf(adapter) };
    await readLlama(paths.basePath).catch(asIncapable);
    return paths;
  }

  return {
    async merge(request, { signal }) {
      const paths = await pathsOf(request);
      const stop = AbortSignal.any([signal, closed.signal]);
      await turns.take(stop);
      const child = startTrainerProcess();
      const over = releaseAfter(child);
      running.add(over);
      void over.finally(() => running.delete(over));
      return begin(child, { paths, stop });
    },
    async [Symbol.asyncDispose]() {
      closed.abort(new AppError('shutting_down'));
      await Promise.all(running);
    },
  };
}

function asIncapable(error: unknown): never {
  if (!(error instanceof UntrainableBase)) throw error;
  throw new AppError('model_incapable', { detail: error.told, cause: error });
}

/** Resolves when the process knows how large the file becomes, and waits with the rest until it is read. */
async function begin(
  child: TrainerProcess,
  { paths, stop }: { paths: MergePaths; stop: AbortSignal },
): Promise<MergedModel> {
  const end = (): void => child.kill();
  if (stop.aborted) end();
  else stop.addEventListener('abort', end, { once: true });
  void child.ended.then(() => stop.removeEventListener('abort', end));
  const replies = child.replies[Symbol.asyncIterator]();
  try {
    child.send({ type: 'merge', ...paths });
    const first = await replies.next();
    if (first.value?.type === 'merging') return { bytes: first.value.bytes, content: pieces() };
    throw failure(first.value);
  } catch (error) {
    end();
    throw stop.aborted ? stop.reason : asFailure(error);
  }

  async function* pieces(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        child.send({ type: 'next' });
        const { value: reply } = await replies.next();
        if (reply?.type === 'merged') return;
        if (reply?.type !== 'piece') throw failure(reply);
        yield reply.piece;
      }
    } catch (error) {
      throw stop.aborted ? stop.reason : asFailure(error);
    } finally {
      end();
    }
  }
}

/** Whatever it is, whoever asked can change nothing about it. */
function asFailure(error: unknown): AppError {
  if (error instanceof AppError) return error;
  return new AppError('internal', { cause: error });
}

function failure(reply: TrainerReply | undefined): AppError {
  const cause = reply?.type === 'failed' ? new Error(reply.cause) : new Error('the process said nothing');
  return asFailure(cause);
}
