import { setPriority } from 'node:os';
import { isAppError } from '../../../errors/app-error.ts';
import { isDiskFull } from '../../model-files/free-space.ts';
import { openGgml } from './ggml/open-ggml.ts';
import type { TrainerJob, TrainerReply, TrainerRequest } from './messages.ts';
import { checkGradients } from './model/gradient-check.ts';
import { measureSpeeds } from './model/measure-speeds.ts';
import { train } from './run/train.ts';

/** The program of a trainer process: it checks the libraries or makes one adapter, and then it ends. */
const politeness = 10;
let isStopped = false;

setPriority(politeness);
process.on('disconnect', () => process.exit());
process.on('message', (request: TrainerRequest) => {
  if (request.type === 'stop') isStopped = true;
  else void answer(request);
});

async function answer(request: Exclude<TrainerRequest, { type: 'stop' }>): Promise<void> {
  try {
    await send(request.type === 'check' ? await check(request.scratch) : await make(request.job));
  } catch (error) {
    await send(failure(error));
  }
  process.disconnect();
}

async function check(scratch: string): Promise<TrainerReply> {
  const ggml = openGgml({ threads: 1 });
  await checkGradients(ggml, scratch);
  return { type: 'checked', speeds: measureSpeeds(ggml) };
}

async function make(job: TrainerJob): Promise<TrainerReply> {
  const hasFinished = await train(openGgml({ threads: job.threads }), job, {
    tell: (event) => void send({ type: 'event', event }),
    isStopped: () => isStopped,
  });
  return { type: hasFinished ? 'done' : 'stopped' };
}

function failure(error: unknown): TrainerReply {
  const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (isAppError(error)) return { type: 'failed', code: error.code, detail: error.detail ?? '', cause };
  if (isDiskFull(error)) {
    return {
      type: 'failed',
      code: 'disk_full',
      detail: 'Free some space; the training goes on from its last checkpoint.',
      cause,
    };
  }
  return { type: 'failed', code: 'training_failed', detail: 'The trainer had a fault; see the log.', cause };
}

function send(reply: TrainerReply): Promise<void> {
  return new Promise((resolve) => {
    process.send?.(reply, undefined, undefined, () => resolve());
  });
}
