import { hash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { createReadStream } from 'node:fs';
import { createAdaptersInForce, type AdaptersInForce } from '../../src/core/training/adapters-in-force.ts';
import { createPublications } from '../../src/core/training/publications.ts';
import type { TrainingParts } from '../../src/core/training/training-parts.ts';
import type { TrainingPorts } from '../../src/core/training/training.ts';
import type { TrainingTools } from '../../src/core/training/training-tools.ts';
import { createVersions, type Versions } from '../../src/core/training/versions.ts';
import type { KnowledgeOptions } from '../../src/core/knowledge/knowledge.ts';
import type { Database } from '../../src/db/sqlite/database.ts';
import { createSqliteConversationStore } from '../../src/db/sqlite/sqlite-conversation-store.ts';
import { createSqliteFeedbackStore } from '../../src/db/sqlite/sqlite-feedback-store.ts';
import { createSqliteTrainingSetStore } from '../../src/db/sqlite/sqlite-training-set-store.ts';
import { createSqliteTrainingVersionStore } from '../../src/db/sqlite/sqlite-training-version-store.ts';
import { AppError } from '../../src/errors/app-error.ts';
import type { ModelDescription } from '../../src/models/model-description.ts';
import type { ModelProfile } from '../../src/models/language-model.ts';
import type { GateResult } from '../../src/models/training-version.ts';
import type { BlobStore } from '../../src/ports/blob-store.ts';
import type { ConversationStore } from '../../src/ports/conversation-store.ts';
import { openBlobFiles } from '../../src/services/model-files/blob-files.ts';
import { createScriptedEngine, type ScriptedEngine } from './scripted-engine.ts';
import { createScriptedTrainer, type ScriptedTrainer, type TrainerScript } from './scripted-trainer.ts';

export interface TrainingScript extends TrainerScript {
  /** What the gate says; by default everything is accepted. */
  judge?: () => GateResult;
  /** Awaited before anything is measured. */
  beforeMeasure?: (options: { signal: AbortSignal; adapter: string | undefined }) => Promise<void> | void;
  /** What the engine does when the new adapter is tried. */
  canary?: () => Promise<void> | void;
  /** Replaces the store of files. */
  blobs?: (blobs: BlobStore) => BlobStore;
  /** Whether the file of the base is there. */
  hasBase?: () => boolean;
  /** Of the file of the base as it is now. */
  baseSha256?: () => string;
  personas?: { name: string; adapter: string | null }[];
}

export interface TrainingPartsForTests {
  ports: Omit<TrainingPorts, 'knowledge'>;
  versions: Versions;
  adapters: AdaptersInForce;
  trainer: ScriptedTrainer;
  engine: ScriptedEngine;
  /** What went wrong that nobody foresaw. */
  /** Of the same database as the feedback that is learned from. */
  conversations: ConversationStore;
  errors: unknown[];
}

export const baseSha256 = 'ab'.repeat(32);
export const baseProfile = {
  name: 'nano',
  kind: 'language',
  sha256: baseSha256,
  source: 'x',
} as unknown as ModelProfile;
export const accepted: GateResult = {
  accepted: true,
  checks: [{ name: 'held_out_loss', before: 5, after: 1, limit: 4.75, passed: true }],
};
export const rejected: GateResult = {
  accepted: false,
  checks: [{ name: 'retrieval', before: 89, after: 37, limit: 87, passed: false }],
};

/**
 * Everything real but the trainer, the engine and what needs a model: jobs, sets, versions and files of one folder. Whoever
 * opened the database closes it.
 */
export async function openTrainingParts(
  { folder, database, jobs, now }: Pick<KnowledgeOptions, 'jobs' | 'now'> & { folder: string; database: Database },
  script: TrainingScript = {},
): Promise<TrainingPartsForTests> {
  mkdirSync(`${folder}/runs`, { recursive: true });
  const store = createSqliteTrainingVersionStore(database);
  const { blobs: replaceBlobs = (same) => same, personas = [] } = script;
  const blobs = replaceBlobs(await openBlobFiles({ directory: `${folder}/models` }));
  const trainer = createScriptedTrainer(diskOf(folder), script);
  const engine = canaryEngine(script);
  const files = { describe: async () => ({ digest: baseSha256 }) as ModelDescription };
  const adapters = createAdaptersInForce({ versions: store, files, now });
  const publications = createPublications({ versions: store, adapters, engine, now });
  const models = { forAnswers: async (name = 'nano') => namedProfile(name) };
  const findBase: TrainingParts['findBase'] = async (model) => {
    if (script.hasBase?.() === false) throw new AppError('model_unavailable');
    return { model, path: `/${model}.gguf`, sha256: script.baseSha256?.() ?? baseSha256, bytes: 1000 };
  };
  const versions = createVersions({
    versions: store,
    publications,
    blobs,
    personas: { list: async () => personas },
    models,
    engine,
    merger: { merge: async ({ adapter }) => ({ bytes: adapter.length, content: piecesOf(adapter) }) },
    findBase,
    now,
  });
  const errors: unknown[] = [];
  const ports: TrainingPartsForTests['ports'] = {
    jobs,
    trainer,
    trainingSets: createSqliteTrainingSetStore(database),
    versions: store,
    blobs,
    engine,
    tools: scriptedTools(script),
    publications,
    findBase,
    readAdapter: (path) => createReadStream(path),
    weaken: async ({ digest, share }) => ({ digest: `sha256:${hash('sha256', `${digest} ${share}`)}`, bytes: 1 }),
    limits: { threads: 1, memoryBytes: 2 ** 30, milliseconds: 60_000 },
    now,
    onError: (error) => void errors.push(error),
    models,
    feedback: createSqliteFeedbackStore(database),
    published: versions,
  };
  return {
    ports,
    versions,
    adapters,
    trainer,
    engine,
    conversations: createSqliteConversationStore(database),
    errors,
  };
}

async function* piecesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

const disks = new Map<string, Map<string, number>>();

/** The same for every trainer of a folder: what one leaves, the next finds. */
function diskOf(folder: string) {
  const checkpoints = disks.get(folder) ?? new Map<string, number>();
  disks.set(folder, checkpoints);
  return { folder: `${folder}/runs`, checkpoints };
}

function namedProfile(name: string): ModelProfile {
  if (name !== 'nano' && name !== 'other') throw new AppError('model_unknown');
  return { ...baseProfile, name };
}

function canaryEngine({ canary = () => undefined }: TrainingScript): ScriptedEngine {
  const engine = createScriptedEngine({ generate: () => ({ deltas: ['Olá'] }), load: async () => {} });
  return {
    ...engine,
    async *generate(request, options) {
      await canary();
      yield* engine.generate(request, options);
    },
  };
}

function scriptedTools({ judge = () => accepted, beforeMeasure = () => undefined }: TrainingScript): TrainingTools {
  return {
    async replay({ fresh }, { signal }) {
      signal.throwIfAborted();
      const asBefore = fresh.map(({ prompt }) => ({ prompt, answer: 'As before.' }));
      return { training: asBefore.slice(0, 1), measured: asBefore.slice(1, 2) };
    },
    async toItems({ examples }) {
      return examples.map((example) => {
        const prompt = Buffer.from(example.prompt.map(({ text }) => text).join(' '));
        const tokens = [...prompt, ...Buffer.from(example.answer)];
        return { example, row: { tokens, answerStart: prompt.length } };
      });
    },
    async measure({ adapter }, { signal }) {
      await beforeMeasure({ signal, adapter });
      signal.throwIfAborted();
      return { adapter };
    },
    judge,
  };
}
