import { AppError } from '../../../errors/app-error.ts';
import { told } from '../../../errors/told.ts';
import type { TrainingEvent } from '../../../ports/trainer.ts';
import { watchMemory } from './memory-watch.ts';
import type { TrainerJob, TrainerReply } from './messages.ts';
import { startTrainerProcess, type TrainerProcess } from './trainer-process.ts';

export interface RunLimits {
  /** Asked to, it writes a checkpoint and stops. */
  stop: AbortSignal;
  /** When it is aborted, the same happens. */
  deadline: AbortSignal;
  memoryBytes: number;
}

/** One life of a process that makes an adapter. */
export interface RunningTrainer {
  readonly pid: number | undefined;
  /** Ends after `finished`. Rejects with the reason of `stop`, with an AppError, or with `ProcessDeath`. */
  readonly events: AsyncIterable<TrainingEvent>;
  /** Ends the process, if it has not. */
  end(): Promise<void>;
  readonly ended: Promise<void>;
}

/** A step and a checkpoint of a large model take some seconds, on a busy machine some more. */
const longestGoodbyeMs = 60_000;

export function runTrainer(job: TrainerJob, limits: RunLimits): RunningTrainer {
  const child = startTrainerProcess();
  child.send({ type: 'train', job });
  return {
    pid: child.pid,
    events: eventsOf(child, limits),
    async end() {
      child.kill();
      await child.ended;
    },
    ended: child.ended,
  };
}

async function* eventsOf(
  child: TrainerProcess,
  { stop, deadline, memoryBytes }: RunLimits,
): AsyncGenerator<TrainingEvent> {
  let isTooLarge = false;
  const watch = watchMemory(child.pid, {
    mostBytes: memoryBytes,
    exceeded() {
      isTooLarge = true;
      child.kill();
    },
  });
  const whenStopped = AbortSignal.any([stop, deadline]);
  let goodbye: NodeJS.Timeout | undefined;
  const sayStop = (): void => {
    child.send({ type: 'stop' });
    goodbye = setTimeout(() => child.kill(), longestGoodbyeMs);
  };
  if (whenStopped.aborted) sayStop();
  else whenStopped.addEventListener('abort', sayStop, { once: true });
  try {
    for await (const reply of child.replies) {
      if (reply.type === 'event') yield reply.event;
      else if (reply.type === 'done') return;
      else if (reply.type === 'failed') throw failureOf(reply);
      else break;
    }
  } catch (error) {
    if (isTooLarge) throw tooLarge(error);
    if (!whenStopped.aborted) throw error;
  } finally {
    watch.stop();
    clearTimeout(goodbye);
    whenStopped.removeEventListener('abort', sayStop);
  }
  stop.throwIfAborted();
  throw new AppError('timeout', { detail: told`The training took longer than it may; it can go on where it is.` });
}

function failureOf({ code, detail, cause }: Extract<TrainerReply, { type: 'failed' }>): AppError {
  return new AppError(code, { detail, cause: new Error(cause) });
}

function tooLarge(cause: unknown): AppError {
  return new AppError('training_failed', { detail: told`The training took more memory than it may.`, cause });
}
