import { EventEmitter, once } from 'node:events';
import { setPriority } from 'node:os';
import type { TrainingEvent } from '../../../ports/trainer.ts';
import { failureReply } from './failure-reply.ts';
import { openGgml } from './ggml/open-ggml.ts';
import { takeMachineTurn } from './machine-turn.ts';
import { mergedFile, type MergePaths } from './merge/merged-file.ts';
import type { TrainerJob, TrainerReply, TrainerRequest, TrainerTask } from './messages.ts';
import { checkGradients } from './model/gradient-check.ts';
import { measureProducts } from './model/measure-products.ts';
import { train } from './run/train.ts';

/** The program of a trainer process: it checks the libraries, makes one adapter or merges one, and then it ends. */
const politeness = 10;
let wasStopped = false;
const asked = new EventEmitter();

setPriority(politeness);
process.on('disconnect', () => process.exit());
process.on('message', (request: TrainerRequest) => {
  if (request.type === 'stop') wasStopped = true;
  else if (request.type === 'next') asked.emit('next');
  else void answer(request);
});

async function answer(task: TrainerTask): Promise<void> {
  try {
    await send(await outcomeOf(task));
  } catch (error) {
    await send(failureReply(error));
  }
  process.disconnect();
}

function outcomeOf(task: TrainerTask): Promise<TrainerReply> {
  if (task.type === 'check') return check(task.scratch);
  return task.type === 'train' ? make(task.job) : merge(task);
}

async function check(scratch: string): Promise<TrainerReply> {
  const ggml = openGgml({ threads: 1 });
  await checkGradients(ggml, scratch);
  return { type: 'checked', ...measureProducts(ggml) };
}

async function make(job: TrainerJob): Promise<TrainerReply> {
  if (!(await takeMachineTurn(job.turnPath, { onWait: () => tell({ type: 'waiting' }), isStopped }))) {
    return { type: 'stopped' };
  }
  const hasFinished = await train(openGgml({ threads: job.threads }), job, { tell, isStopped });
  return { type: hasFinished ? 'done' : 'stopped' };
}

/** Each piece when it is asked for: whoever reads slowly does not fill the memory. */
async function merge(paths: MergePaths): Promise<TrainerReply> {
  const { bytes, pieces } = await mergedFile(openGgml({ threads: 1 }), paths);
  let next = once(asked, 'next');
  await send({ type: 'merging', bytes });
  for (const piece of pieces) {
    await next;
    next = once(asked, 'next');
    await send({ type: 'piece', piece });
  }
  await next;
  return { type: 'merged' };
}

function tell(event: TrainingEvent): void {
  void send({ type: 'event', event });
}

function isStopped(): boolean {
  return wasStopped;
}

function send(reply: TrainerReply): Promise<void> {
  return new Promise((resolve) => {
    process.send?.(reply, undefined, undefined, () => resolve());
  });
}
