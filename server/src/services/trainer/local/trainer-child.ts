import { setPriority } from 'node:os';
import { failureReply } from './failure-reply.ts';
import { openGgml } from './ggml/open-ggml.ts';
import type { TrainerJob, TrainerReply, TrainerRequest } from './messages.ts';
import { checkGradients } from './model/gradient-check.ts';
import { measureProducts } from './model/measure-products.ts';
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
    await send(failureReply(error));
  }
  process.disconnect();
}

async function check(scratch: string): Promise<TrainerReply> {
  const ggml = openGgml({ threads: 1 });
  await checkGradients(ggml, scratch);
  return { type: 'checked', ...measureProducts(ggml) };
}

async function make(job: TrainerJob): Promise<TrainerReply> {
  const hasFinished = await train(openGgml({ threads: job.threads }), job, {
    tell: (event) => void send({ type: 'event', event }),
    isStopped: () => isStopped,
  });
  return { type: hasFinished ? 'done' : 'stopped' };
}

function send(reply: TrainerReply): Promise<void> {
  return new Promise((resolve) => {
    process.send?.(reply, undefined, undefined, () => resolve());
  });
}
