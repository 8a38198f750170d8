import { AppError, isAppError } from '../../errors/app-error.ts';
import { verbatim } from '../../errors/told.ts';
import { parseDigest } from '../../models/digest.ts';
import type { ModelDescription } from '../../models/model-description.ts';
import { parseModelName } from '../../models/model-name.ts';
import type { Persona } from '../../models/persona.ts';
import type { BlobStore } from '../../ports/blob-store.ts';
import type { ModelFiles } from '../../ports/model-files.ts';
import type { TrainingVersionStore } from '../../ports/training-version-store.ts';
import { bringMissing, type ModelProgress } from './bring-model.ts';
import type { PersonaRequest } from './persona-request.ts';

/** What a new persona has before anything is said about it. */
export type PersonaBase = Omit<Persona, 'name' | 'createdAt' | 'updatedAt'>;

export interface BasePorts {
  files: ModelFiles;
  blobs: Pick<BlobStore, 'has'>;
  versions: Pick<TrainingVersionStore, 'find'>;
  find(name: string): Promise<Persona | undefined>;
}

/** Finds, and brings if need be, what a persona is made from. Rejects with `invalid_request` and Ollama's words. */
export async function* findBase(
  request: PersonaRequest,
  { ports, signal }: { ports: BasePorts; signal: AbortSignal },
): AsyncGenerator<ModelProgress, PersonaBase> {
  if (request.version !== undefined) return yield* overVersion(request, { ports, signal });
  const adapter = request.adapters === undefined ? undefined : await findAdapter(request.adapters, ports);
  const base = yield* findModel(request, { ports, signal });
  if (adapter === undefined) return base;
  if (base.base === null) throw refused('An adapter works over one model: name it in "from".');
  const { family } = await ports.files.describe(base.base);
  if (adapter.family !== family) {
    throw refused(`The adapter is for models of the kind ${adapter.family}, not ${family}.`);
  }
  yield { status: `using existing layer ${adapter.digest}` };
  return { ...base, adapter: adapter.digest };
}

/** The model that a version was trained over, or a persona over it, and its adapter: whatever comes into force later. */
async function* overVersion(
  { version: id = '', ...request }: PersonaRequest,
  options: { ports: BasePorts; signal: AbortSignal },
): AsyncGenerator<ModelProgress, PersonaBase> {
  const version = await options.ports.versions.find(id);
  if (version === undefined) throw refused(`version "${id}" not found: GET /training/versions lists them`);
  if (request.adapters !== undefined)
    throw refused('"version" and "adapters" were both specified: a version is an adapter');
  const base = yield* findModel({ ...request, from: request.from || version.base }, options);
  if (base.base !== version.base) throw refused(`version "${id}" is over ${version.base}: leave "from" out`);
  yield { status: `using existing layer ${version.adapter}` };
  return { ...base, adapter: version.adapter };
}

async function findAdapter(adapters: Readonly<Record<string, string>>, ports: BasePorts) {
  const [digest, ...more] = digestsOf(adapters);
  if (digest === undefined) throw refused('unknown type');
  if (more.length > 0) throw refused('only one adapter is currently supported');
  const { isAdapter, family } = await describeBlob(digest, ports);
  if (!isAdapter) throw refused('This file is a model, not a LoRA adapter: name it in "files".');
  return { digest, family };
}

async function* findModel(
  { from = '', files }: PersonaRequest,
  { ports, signal }: { ports: BasePorts; signal: AbortSignal },
): AsyncGenerator<ModelProgress, PersonaBase> {
  const digest = from === '' && files !== undefined ? onlyFile(files) : parseDigest(from);
  if (digest !== undefined) {
    const { isAdapter } = await describeBlob(digest, ports);
    if (isAdapter) throw refused('This file is a LoRA adapter: name it in "adapters", over a model in "from".');
    yield { status: 'parsing GGUF' };
    yield { status: `using existing layer ${digest}` };
    return overModel(digest);
  }
  if (from === '') throw refused("neither 'from' or 'files' was specified");
  const persona = await ports.find(from);
  if (persona !== undefined) {
    const { name: _name, createdAt: _createdAt, updatedAt: _updatedAt, ...inherited } = persona;
    return inherited;
  }
  if (!isModelName(from)) throw refused('invalid model name');
  const { name, sha256 } = yield* bringMissing(from, { files: ports.files, signal });
  if (sha256 !== null) yield { status: `using existing layer sha256:${sha256}` };
  return overModel(name);
}

/** A model, and nothing said about it. */
export function overModel(base: string): PersonaBase {
  return {
    base,
    adapter: null,
    system: null,
    template: null,
    parameters: {},
    messages: [],
    licence: [],
    knowledge: null,
    pinned: false,
    insights: false,
  };
}

/** Paths are for whoever runs the service: through a persona nobody reads the disk. */
export function isModelName(name: string): boolean {
  if (name.startsWith('hf:')) return true;
  return parseModelName(name) !== undefined && !name.toLowerCase().endsWith('.gguf');
}

function onlyFile(files: Readonly<Record<string, string>>): string {
  const names = Object.keys(files);
  const digests = digestsOf(files);
  if (names.some((name) => name.toLowerCase().endsWith('.safetensors'))) {
    throw refused('safetensors files are not converted here: convert them to GGUF first');
  }
  if (digests.length > 1) throw refused('split GGUF files are not merged here: merge them with llama-gguf-split first');
  if (digests[0] === undefined) throw refused('unknown type');
  return digests[0];
}

function digestsOf(files: Readonly<Record<string, string>>): string[] {
  return Object.entries(files).map(([name, digest]) => {
    if (!isRelative(name)) throw refused('file path must be relative');
    const parsed = parseDigest(digest);
    if (parsed === undefined) throw refused('invalid digest format');
    return parsed;
  });
}

/** As Go's `fs.ValidPath`. */
function isRelative(path: string): boolean {
  return path === '.' || path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

async function describeBlob(digest: string, { files, blobs }: BasePorts): Promise<ModelDescription> {
  if (!(await blobs.has(digest))) throw refused(`blob "${digest}" not found: upload it to /api/blobs/${digest} first`);
  try {
    return await files.describe(digest);
  } catch (error) {
    if (!isAppError(error, 'model_unavailable')) throw error;
    throw new AppError('invalid_request', { detail: verbatim('supplied file was not in GGUF format'), cause: error });
  }
}

function refused(detail: string): AppError {
  return new AppError('invalid_request', { detail: verbatim(detail) });
}
