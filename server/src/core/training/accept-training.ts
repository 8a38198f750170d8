import { AppError, type ErrorIssue } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import type { Job } from '../../models/job.ts';
import { newId } from '../../models/new-id.ts';
import type { Principal } from '../../models/principal.ts';
import type { TrainingExample } from '../../models/training-example.ts';
import type { FeedbackStore } from '../../ports/feedback-store.ts';
import type { JobQueue } from '../../ports/job-queue.ts';
import type { TrainingSetStore } from '../../ports/training-set-store.ts';
import { assertPermitted } from '../completions/choose-model.ts';
import type { AddedDocuments } from '../knowledge/adding/added-documents.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { DocumentUpload } from '../knowledge/adding/upload.ts';
import type { LanguageModels } from '../language-models/language-models.ts';
import { checkExamples } from './examples/check-examples.ts';
import { findHeldOut } from './examples/find-held-out.ts';
import { findFarTooLong } from './examples/find-too-long.ts';
import { assertNothingRefused, toIssue } from './examples/finding.ts';
import { examplesFromFeedback } from './examples/from-feedback.ts';
import type { GivenExample } from './examples/given-example.ts';
import { toExamples } from './examples/to-examples.ts';
import { hyperparametersFor, mostTokensOfExample, type AskedHyperparameters } from './hyperparameters.ts';
import { trainingJob } from './training-job.ts';
import type { TrainingParts } from './training-parts.ts';

/** What somebody trains with: documents become knowledge, examples become weights, in the way that options say. */
export type TrainingItem =
  | { type: 'document'; upload: DocumentUpload }
  | { type: 'examples'; examples: readonly GivenExampleAt[] }
  | { type: 'options'; options: TrainingOptions };

/** An example, and what whoever sent it calls its place, such as `line 7`. */
export interface GivenExampleAt {
  path: string;
  example: GivenExample;
}

/** They mean something for examples only. */
export interface TrainingOptions {
  /** The model that learns; by default the one that answers. */
  base?: string | undefined;
  hyperparameters?: AskedHyperparameters | undefined;
  /** By default `auto`: as soon as the gate has accepted it. */
  publish?: 'auto' | 'manual' | undefined;
  /** Also learns from answers that people found good, or corrected. */
  fromFeedback?: boolean | undefined;
  /** Whether examples may hold personal data. */
  allowPersonalData?: boolean | undefined;
}

export interface AcceptParts {
  knowledge: Knowledge;
  jobs: JobQueue;
  trainingSets: TrainingSetStore;
  models: Pick<LanguageModels, 'forAnswers'>;
  feedback: FeedbackStore;
  findBase: TrainingParts['findBase'];
  now: () => Date;
}

const shownWarnings = 100;

/** What was sent beside documents. */
interface Given {
  examples: GivenExampleAt[];
  options: TrainingOptions;
  /** Known when everything has come, and there are examples. */
  learning: Learning | null;
}

interface Learning {
  base: string;
  examples: readonly TrainingExample[];
  warnings: readonly ErrorIssue[];
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
  const given: Given = { examples: [], options: {}, learning: null };
  const uploads = documentsAmong(items, given, async () => {
    given.learning = await check(parts, principal, given);
  });
  const first = await uploads.next();
  const wait = { waitMs: 0, signal: new AbortController().signal };
  const added =
    first.done === true ? null : await parts.knowledge.addMany(principal, startingWith(first.value, uploads), wait);
  const { learning, options } = given;
  if (learning !== null) return queueTraining(parts, principal, { learning, options, added });
  if (added !== null) return added.job;
  throw new AppError('invalid_request', { detail: told`Send at least one file.` });
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

/** null where there is nothing to learn from. */
async function check(
  { models, findBase, feedback }: AcceptParts,
  principal: Principal,
  { examples: given, options }: Given,
): Promise<Learning | null> {
  const { allowPersonalData = false, fromFeedback = false } = options;
  if (given.length === 0 && !fromFeedback) {
    refuseOptions(options);
    return null;
  }
  const { name } = await models.forAnswers(options.base);
  assertPermitted([options.base ?? name, name], principal);
  const hyperparameters = hyperparametersFor(options.hyperparameters ?? {}, await findBase(name));
  const examples = toExamples(given.map(({ example }) => example));
  if (fromFeedback) examples.push(...(await approvedExamples(feedback, principal)));
  const { distinct, findings: found } = checkExamples(examples, { allowPersonalData });
  const findings = [...found, ...findFarTooLong(distinct, mostTokensOfExample(hyperparameters))];
  const pathOf = (index: number): string => given[index]?.path ?? 'from_feedback';
  assertNothingRefused(findings, pathOf);
  const worthTelling = [...findings, ...findHeldOut(distinct)];
  const warnings = worthTelling.slice(0, shownWarnings).map((finding) => toIssue(finding, pathOf));
  return { base: name, examples: distinct.map(({ example }) => example), warnings };
}

const optionNames: readonly (readonly [keyof TrainingOptions, string])[] = [
  ['base', 'base_model'],
  ['hyperparameters', 'hyperparameters'],
  ['publish', 'publish'],
  ['allowPersonalData', 'allow_personal_data'],
  ['fromFeedback', 'from_feedback'],
];

/** Of the conversations of the caller; an administrator learns from those of everybody. */
async function approvedExamples(feedback: FeedbackStore, { role, userId }: Principal): Promise<TrainingExample[]> {
  const examples: TrainingExample[] = [];
  for await (const example of examplesFromFeedback(feedback, role === 'admin' ? null : userId)) examples.push(example);
  return examples;
}

/** Options that would be without effect are not taken in silence. */
function refuseOptions(options: TrainingOptions): void {
  const idle = optionNames.filter(([name]) => options[name] !== undefined);
  if (idle.length === 0) return;
  const issues = idle.map(([, path]) => ({ path, message: told`applies to examples only` }));
  throw new AppError('invalid_request', { detail: told`Leave out what applies to examples only.`, issues });
}

async function queueTraining(
  { trainingSets, jobs, knowledge, now }: AcceptParts,
  { userId }: Principal,
  { learning, options, added }: { learning: Learning; options: TrainingOptions; added: AddedDocuments | null },
): Promise<Job> {
  const { base, examples, warnings } = learning;
  try {
    const set = await trainingSets.add({ id: newId('set'), ownerId: userId, examples, createdAt: now() });
    return await jobs.enqueue(
      trainingJob(userId, {
        base,
        set: set.id,
        hyperparameters: options.hyperparameters ?? {},
        publish: options.publish ?? 'auto',
        ingestion: added?.job.id ?? null,
        warnings,
        collections: [...new Set(added?.documents.map(({ collection }) => collection))],
      }),
    );
  } catch (error) {
    if (added !== null) await knowledge.cancelIngestion(added.job);
    throw error;
  }
}
