import {
  trainOptionFields,
  type TrainOptions,
  type TrainRequest,
  type TrainingVersion as VersionBody,
  type VersionInForce as InForceBody,
} from '@billumy/protocol';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { TrainingItem, TrainingOptions } from '../../core/training/accept-training.ts';
import type { ShownVersion } from '../../core/training/versions.ts';
import { AppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import type { VersionInForce } from '../../models/training-version.ts';
import { toFileUpload, toTextUpload } from './document-bodies.ts';
import { findJsonFault } from '../http/text-checks.ts';
import { readExampleLines, readExamples } from './training-examples.ts';
import { readUploadForm, type FormFile } from '../http/upload-form.ts';
import { toIssues } from '../http/zod-issues.ts';

/** What a call of `POST /training/train` brings, checked as it comes. */
export async function* readTraining(
  request: FastifyRequest & { body: TrainRequest | null | undefined },
  maxFileBytes: number,
): AsyncGenerator<TrainingItem> {
  if (request.isMultipart()) {
    yield* readForm(request, maxFileBytes);
    return;
  }
  const { body } = request;
  if (body === null || body === undefined) throw new AppError('invalid_request', { detail: told`Send documents.` });
  const { documents = [], examples, collection, ...options } = body;
  yield { type: 'options', options: toOptions(options) };
  if (examples !== undefined) yield { type: 'examples', examples: readExamples(examples) };
  for (const document of documents) {
    yield { type: 'document', upload: toTextUpload({ ...document, collection: document.collection ?? collection }) };
  }
}

async function* readForm(request: FastifyRequest, maxFileBytes: number): AsyncGenerator<TrainingItem> {
  let fields: ReadonlyMap<string, string> = new Map();
  for await (const file of readUploadForm(request, maxFileBytes)) {
    ({ fields } = file);
    yield toItem(file);
  }
  yield { type: 'options', options: toOptions(readOptionFields(fields)) };
}

function toItem(file: FormFile): TrainingItem {
  const isExamples = file.fieldName === 'examples' || file.fileName?.toLowerCase().endsWith('.jsonl') === true;
  if (isExamples) return { type: 'examples', examples: readExampleLines(file.bytes) };
  const fields = new Map([...file.fields].filter(([name]) => !(name in trainOptionFields)));
  return { type: 'document', upload: toFileUpload({ ...file, fields }) };
}

const optionsSchema = z.object(trainOptionFields);

const jsonFields: readonly string[] = ['hyperparameters', 'allow_personal_data', 'from_feedback'];

/** Fields that are no text are JSON. Rejects with `invalid_request` and each wrong field. */
function readOptionFields(fields: ReadonlyMap<string, string>): TrainOptions {
  const values = [...fields].map(([name, value]): [string, unknown] => {
    if (!jsonFields.includes(name)) return [name, value];
    const fault = findJsonFault(value, name);
    return [name, fault === undefined ? JSON.parse(value) : value];
  });
  const result = optionsSchema.safeParse(Object.fromEntries(values));
  if (result.success) return result.data;
  const issues = toIssues(result.error);
  throw new AppError('invalid_request', { detail: told`Correct the fields of the form: see "issues".`, issues });
}

function toOptions(options: TrainOptions): TrainingOptions {
  const { base_model, publish, from_feedback, allow_personal_data, hyperparameters } = options;
  return {
    base: base_model,
    publish,
    fromFeedback: from_feedback,
    allowPersonalData: allow_personal_data,
    hyperparameters: hyperparameters && {
      targets: hyperparameters.targets,
      rank: hyperparameters.rank,
      alpha: hyperparameters.alpha,
      learningRate: hyperparameters.learning_rate,
      epochs: hyperparameters.epochs,
      tokensPerStep: hyperparameters.tokens_per_step,
      clip: hyperparameters.clip,
      weightDecay: hyperparameters.weight_decay,
      warmUp: hyperparameters.warm_up,
      patience: hyperparameters.patience,
      seed: hyperparameters.seed,
    },
  };
}

export function toVersionBody(version: ShownVersion): VersionBody {
  const { override, gate, data } = version;
  return {
    id: version.id,
    base_model: version.base,
    base_sha256: version.baseSha256,
    adapter: version.adapter,
    bytes: version.bytes,
    job: version.jobId,
    owner: version.ownerId,
    data: {
      sets: [...data.sets],
      examples: data.examples,
      sha256: data.sha256,
      sets_left_out: data.setsLeftOut,
    },
    gate: { accepted: gate.accepted, checks: gate.checks.map((check) => ({ ...check })) },
    override: override && { user: override.userId, reason: override.reason, at: override.at.toISOString() },
    in_force: version.inForce,
    created_at: version.createdAt.toISOString(),
  };
}

export function toInForceBody({ base, versionId, earlier, changedAt }: VersionInForce): InForceBody {
  return {
    base_model: base,
    version: versionId,
    previous: earlier.at(-1) ?? null,
    changed_at: changedAt.toISOString(),
  };
}
