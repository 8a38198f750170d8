import { createHash } from 'node:crypto';
import { createPersonas } from '../../src/core/personas/create-personas.ts';
import { openDatabase } from '../../src/db/sqlite/database.ts';
import { createSqlitePersonaStore } from '../../src/db/sqlite/sqlite-persona-store.ts';
import { createSqliteTrainingVersionStore } from '../../src/db/sqlite/sqlite-training-version-store.ts';
import { openBlobFiles } from '../../src/services/model-files/blob-files.ts';
import { createModelFiles } from '../../src/services/model-files/create-model-files.ts';
import { answers, type Behaviour, openFlakyServer } from './flaky-server.ts';
import { ggufBytes, type GgufSketch } from './gguf-bytes.ts';
import { temporaryFolder } from './temporary-folder.ts';

interface ModelMachineOptions {
  hub?: Behaviour;
  /** Never downloads. */
  offline?: boolean;
}

/** Files of models, blobs and personas of a machine that has only the bundled model. */
export async function openModelMachine({ hub = answers(404), offline = false }: ModelMachineOptions = {}) {
  const folder = await temporaryFolder();
  const server = await openFlakyServer([hub]);
  const database = await openDatabase(folder.file('billumy.db'));
  const directory = folder.file('models');
  const files = createModelFiles({
    directory,
    bundledDirectory: 'models/nano',
    baseUrl: server.url,
    offline,
    retry: { attempts: 2, firstDelayMs: 1 },
  });
  const blobs = await openBlobFiles({ directory });
  const personaStore = createSqlitePersonaStore(database);
  const versions = createSqliteTrainingVersionStore(database);
  let milliseconds = Date.UTC(2026, 11, 1);
  const now = (): Date => new Date((milliseconds += 1000));
  const upload = async (content: Buffer): Promise<string> => {
    const digest = `sha256:${createHash('sha256').update(content).digest('hex')}`;
    const pieces = async function* (): AsyncGenerator<Buffer> {
      yield content;
    };
    await blobs.put(digest, pieces(), { bytes: content.length });
    return digest;
  };
  return {
    files,
    blobs,
    personaStore,
    versions,
    now,
    directory,
    personas: createPersonas({ personaStore, files, blobs, versions, now }),
    upload,
    uploadModel: (metadata: GgufSketch['metadata'] = {}) =>
      upload(
        ggufBytes({ metadata: { 'general.architecture': 'llama', ...metadata }, tensors: [{ name: 't', shape: [8] }] }),
      ),
    async [Symbol.asyncDispose]() {
      await database[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}
