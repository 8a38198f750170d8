import { AppError } from '../../errors/app-error.ts';
import type { Job } from '../../models/job.ts';
import { newId } from '../../models/new-id.ts';
import type { Principal } from '../../models/principal.ts';
import type { TrainingExample } from '../../models/training-example.ts';
import type { JobQueue } from '../../ports/job-queue.ts';
import type { Hyperparameters } from '../../ports/trainer.ts';
import type { TrainingSetStore } from '../../ports/training-set-store.ts';
import { assertPermitted } from '../completions/choose-model.ts';
import type { AddedDocuments } from '../knowledge/added-documents.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { DocumentUpload } from '../knowledge/upload.ts';
import type { LanguageModels } from '../language-models/language-models.ts';
import { trainingJob } from './training-job.ts';
import type { TrainingParts } from './training-parts.ts';
import type { TrainingTools } from './training-tools.ts';

/** What somebody trains with: documents become knowledge, examples become weights, in the way that options say. */
export type TrainingItem =
  | { type: 'document'; upload: DocumentUpload }
  | { type: 'examples'; examples: readonly TrainingExample[] }
  | { type: 'options'; options: TrainingOptions };

/** They mean something for examples only. */
export interface TrainingOptions {
  /** The model that learns; by default the one that answers. */
  base?: string | undefined;
  hyperparameters?: Partial<Hyperparameters> | undefined;
  /** By default `auto`: as soon as the gate has accepted it. */
  publish?: 'auto' | 'manual' | undefined;
}

export interface AcceptParts {
  knowledge: Knowledge;
  jobs: JobQueue;
  trainingSets: TrainingSetStore;
  tools: Pick<TrainingTools, 'check'>;
  models: Pick<LanguageModels, 'forAnswers'>;
  findBase: TrainingParts['findBase'];
  now: () => Date;
}

/** What was sent beside documents. */
interface Given {
  examples: TrainingExample[];
  options: TrainingOptions;
  /** The model that is to learn, as soon as it is known that one is. */
  base: string | null;
}

/**
 * Stores what was sent, and queues the job that works on it: of the documents alone, or of the examples, which then tells
 * of the documents too. An error means that nothing was stored.
 */
export async function acceptTraining(
  parts: AcceptParts,
  principal: Principal,
  items: AsyncIterable<TrainingItem>,
): Promise<Job> {
  const given: Given = { examples: [], options: {}, base: null };
  const uploads = documentsAmong(items, given, () => check(parts, principal, given));
  const first = await uploads.next();
  const wait = { waitMs: 0, signal: new AbortController().signal };
  const added =
    first.done === true ? null : await parts.knowledge.addMany(principal, startingWith(first.value, uploads), wait);
  if (given.base !== null) return queueTraining(parts, principal, { ...given, base: given.base, added });
  if (added !== null) return added.job;
  throw new AppError('invalid_request', { detail: 'Send at least one file.' });
}

/** The documents, and aside what else there is; at the end everything is checked, while documents can be taken back. */
async function* documentsAmong(
  items: AsyncIterable<TrainingItem>,
  given: Given,
  checkAll: () => Promise<void>,
): AsyncGenerator<DocumentUpload, undefined> {
  for await (const item of items) {
    if (item.type === 'document') yield item.upload;
    else if (item.type === 'examples') given.examples.push(...item.examples);
    else given.options = { ...given.options, ...item.options };
  }
  await checkAll();
}

async function* startingWith(
  first: DocumentUpload,
  rest: AsyncIterable<DocumentUpload>,
): AsyncGenerator<DocumentUpload> {
  yield first;
  yield* rest;
}

async function check({ tools, models, findBase }: AcceptParts, principal: Principal, given: Given): Promise<void> {
  const { examples, options } = given;
  if (examples.length === 0) return refuseOptions(options);
  tools.check(examples);
  const { name } = await models.forAnswers(options.base);
  assertPermitted([options.base ?? name, name], principal);
  await findBase(name);
  given.base = name;
}

/** Options that would be without effect are not taken in silence. */
function refuseOptions(options: TrainingOptions): void {
  const names = { base: 'base_model', hyperparameters: 'hyperparameters', publish: 'publish' } as const;
  const idle = Object.entries(names).filter(([name]) => options[name as keyof TrainingOptions] !== undefined);
  if (idle.length === 0) return;
  const issues = idle.map(([, path]) => ({ path, message: 'applies to examples only' }));
  throw new AppError('invalid_request', { detail: 'Leave out what applies to examples only.', issues });
}

async function queueTraining(
  { trainingSets, jobs, knowledge, now }: AcceptParts,
  { userId }: Principal,
  { examples, options, base, added }: Given & { base: string; added: AddedDocuments | null },
): Promise<Job> {
  try {
    const set = await trainingSets.add({ id: newId('set'), ownerId: userId, examples, createdAt: now() });
    return await jobs.enqueue(
      trainingJob(userId, {
        base,
        set: set.id,
        hyperparameters: options.hyperparameters ?? {},
        publish: options.publish ?? 'auto',
        ingestion: added?.job.id ?? null,
        collections: [...new Set(added?.documents.map(({ collection }) => collection))],
      }),
    );
  } catch (error) {
    if (added !== null) await knowledge.cancelIngestion(added.job);
    throw error;
  }
}
