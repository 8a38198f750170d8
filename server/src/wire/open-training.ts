import { createReadStream } from 'node:fs';
import { availableParallelism, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../config/config.ts';
import type { AuditTrail } from '../core/audit/audit-trail.ts';
import { notePublications } from '../core/audit/note-publications.ts';
import type { Knowledge } from '../core/knowledge/knowledge.ts';
import type { LanguageModels } from '../core/language-models/language-models.ts';
import type { Personas } from '../core/personas/personas.ts';
import type { AdaptersInForce } from '../core/training/adapters-in-force.ts';
import { createPublications } from '../core/training/publications.ts';
import { createTraining, type Training } from '../core/training/training.ts';
import { createTrainingTools } from '../core/training/create-training-tools.ts';
import type { TrainingParts } from '../core/training/training-parts.ts';
import { createVersions, type Versions } from '../core/training/versions.ts';
import { AppError } from '../errors/app-error.ts';
import { told } from '../errors/told.ts';
import type { Engine } from '../ports/engine.ts';
import type { Likelihood } from '../ports/likelihood.ts';
import type { Trainer, TrainingRun } from '../ports/trainer.ts';
import type { LocalModelFiles } from '../services/model-files/create-model-files.ts';
import { createLocalTrainer } from '../services/trainer/local/create-local-trainer.ts';
import { createLocalMerger } from '../services/trainer/local/merge/create-local-merger.ts';
import { weakenAdapter } from '../services/trainer/weaken-adapter.ts';
import type { Background } from './background.ts';
import type { Stores } from './open-stores.ts';

interface OpenTrainingOptions {
  stores: Stores;
  trail: AuditTrail;
  engine: Engine;
  likelihood: Likelihood;
  localFiles: LocalModelFiles;
  knowledge: Knowledge;
  personas: Personas;
  adapters: AdaptersInForce;
  languageModels: LanguageModels;
}

/** What trains models from examples, and decides which version of them answers. */
export async function openTraining(
  config: Config,
  { stores, trail, engine, likelihood, localFiles, knowledge, personas, adapters, languageModels }: OpenTrainingOptions,
  { closing, report }: Background,
): Promise<{ training: Training; versions: Versions }> {
  const trainer = closing.add(await openTrainer(config));
  const publications = createPublications({ ...stores, adapters, engine, now });
  const base = { findBase: (model: string) => findBase(localFiles, model) };
  const merger = closing.add(createLocalMerger(localFiles));
  const versions = createVersions({
    ...stores,
    ...base,
    publications,
    personas,
    models: languageModels,
    engine,
    merger,
    now,
  });
  const training = createTraining({
    ...stores,
    trainer,
    engine,
    knowledge,
    publications: notePublications(publications, trail),
    tools: createTrainingTools({ engine, likelihood, documents: stores.documents }),
    ...base,
    readAdapter: (path) => createReadStream(path),
    weaken: (adapter) => weakenAdapter({ ...localFiles, blobs: stores.blobs }, adapter),
    limits: limitsOf(config),
    models: languageModels,
    published: versions,
    now,
    onError: (error) => report('training failed', error),
  });
  return { training, versions };
}

async function openTrainer({ DATA_DIR, TRAINER_URL: url, TRAINER_API_KEY: apiKey }: Config): Promise<Trainer> {
  const folder = join(DATA_DIR, 'training');
  if (url === null) return createLocalTrainer({ folder, machineFolder: tmpdir() });
  const { createRemoteTrainer } = await import('../services/trainer/remote/remote-trainer.ts');
  return createRemoteTrainer({ url, apiKey, folder });
}

async function findBase(files: LocalModelFiles, model: string): ReturnType<TrainingParts['findBase']> {
  const path = await files.findPath(model);
  if (path === undefined) {
    const detail = told`The model ${model} is not on this machine: a model learns from examples only where its file is.`;
    throw new AppError('model_unavailable', { detail });
  }
  const { digest, bytes } = await files.describe(model);
  return { model, path, sha256: digest, bytes };
}

function limitsOf({ TRAINING_THREADS, TRAINING_MEMORY, TRAINING_MINUTES }: Config): TrainingRun['limits'] {
  const megabyte = 1_000_000;
  return {
    threads: TRAINING_THREADS ?? Math.max(1, Math.floor(availableParallelism() / 2)),
    memoryBytes: TRAINING_MEMORY === null ? Math.floor(totalmem() / 2) : TRAINING_MEMORY * megabyte,
    milliseconds: TRAINING_MINUTES * 60_000,
  };
}

const now = (): Date => new Date();
