import { createKnowledge, type KnowledgeOptions } from '../../src/core/knowledge/knowledge.ts';
import type { TrainingItem } from '../../src/core/training/accept-training.ts';
import { createTraining, type Training } from '../../src/core/training/training.ts';
import type { Job } from '../../src/models/job.ts';
import { openKnowledgeParts, principal, waiting } from './knowledge.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { openTrainingParts, type TrainingPartsForTests, type TrainingScript } from './training-parts.ts';

export const trainer = principal({ userId: 'usr_ana' });
export const administrator = principal({ userId: 'usr_root', username: 'root', role: 'admin' });

export interface TrainingService extends AsyncDisposable, TrainingPartsForTests {
  training: Training;
  parts: Omit<KnowledgeOptions, 'onError'>;
  /** Ends it as a crash would: what it was doing is not given back. */
  stop(): Promise<void>;
}

export interface TrainingMachine extends AsyncDisposable {
  /** A service over the data of the machine; several may run at once. */
  start(script?: TrainingScript, options?: { aheadMs?: number }): Promise<TrainingService>;
}

/** A folder of data, over which services with scripted trainers are started. */
export async function openTrainingMachine(): Promise<TrainingMachine> {
  const folder = await temporaryFolder();
  return {
    async start(script = {}, options = {}) {
      const parts = await openKnowledgeParts(folder.path, options);
      const made = await openTrainingParts({ ...parts, folder: folder.path }, script);
      const knowledge = createKnowledge({ ...parts, onError: (error) => void made.errors.push(error) });
      const training = createTraining({ ...made.ports, knowledge });
      const stopping = new AbortController();
      const running = Promise.all([training.run(stopping.signal), knowledge.runIngestion(stopping.signal)]);
      const stop = async (): Promise<void> => {
        stopping.abort(new Error('stopped'));
        await running;
      };
      return {
        ...made,
        training,
        parts,
        stop,
        async [Symbol.asyncDispose]() {
          await stop();
          await parts[Symbol.asyncDispose]();
        },
      };
    },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

/** Eight examples that are like no other eight. */
export async function* examplesAbout(
  subject: string,
  options: Extract<TrainingItem, { type: 'options' }>['options'] = {},
): AsyncGenerator<TrainingItem> {
  yield { type: 'options', options };
  const examples = Array.from({ length: 8 }, (_, index) => ({
    path: `line ${index + 1}`,
    example: { question: `${subject} ${index}?`, answer: `${subject} is ${index}.` },
  }));
  yield { type: 'examples', examples };
}

/** The job as it ended. */
export async function trained(
  { training }: Pick<TrainingService, 'training'>,
  items: AsyncIterable<TrainingItem>,
  who = trainer,
): Promise<Job> {
  return training.train(who, items, waiting());
}

/** Waits until the job is at that step, or has that status when it is not running. */
export async function reached(
  { training }: Pick<TrainingService, 'training'>,
  id: string,
  wanted: string,
): Promise<Job> {
  const { signal } = new AbortController();
  for await (const job of training.watch(trainer, id, { signal })) {
    if ((job.status === 'running' ? job.progress.step : job.status) === wanted) return job;
  }
  throw new Error(`the job ended and was never ${wanted}`);
}

/** Held closed until it is opened. */
export function gate(): { opened: Promise<void>; open(): void } {
  let resolveOpened: (() => void) | null = null;
  const opened = new Promise<void>((resolve) => (resolveOpened = resolve));
  return { opened, open: () => resolveOpened?.() };
}

/** Settles with the gate, or rejects when the signal aborts. */
export async function unlessAborted(opened: Promise<void>, signal: AbortSignal): Promise<void> {
  await Promise.race([
    opened,
    new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    }),
  ]);
}
