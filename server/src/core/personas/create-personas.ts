import { AppError, isAppError } from '../../errors/app-error.ts';
import { verbatim } from '../../errors/told.ts';
import { parseDigest } from '../../models/digest.ts';
import { parseModelName, shortModelName } from '../../models/model-name.ts';
import type { Persona } from '../../models/persona.ts';
import type { BlobStore } from '../../ports/blob-store.ts';
import type { ModelFiles } from '../../ports/model-files.ts';
import type { PersonaStore } from '../../ports/persona-store.ts';
import type { TrainingVersionStore } from '../../ports/training-version-store.ts';
import { allPages } from '../knowledge/all-pages.ts';
import { readTemplate } from '../templates/read-template.ts';
import { builtInPersonas } from './built-in.ts';
import { findBase, isModelName, overModel, type PersonaBase } from './persona-base.ts';
import type { PersonaRequest } from './persona-request.ts';
import type { Personas } from './personas.ts';
import { rememberPersonas } from './remember-personas.ts';
import { createTurns } from './turns.ts';

export interface PersonaPorts {
  personaStore: PersonaStore;
  files: ModelFiles;
  blobs: Pick<BlobStore, 'has' | 'list'>;
  /** The models that the settings name: their blobs stay. */
  configured?: readonly string[];
  versions: Pick<TrainingVersionStore, 'find' | 'list'>;
  now: () => Date;
}

export function createPersonas({ personaStore, files, blobs, configured = [], versions, now }: PersonaPorts): Personas {
  const store = rememberPersonas(personaStore, now);
  // A blob must not be removed while a persona that needs it is being saved.
  const inTurn = createTurns();

  async function find(name: string): Promise<Persona | undefined> {
    const key = keyOf(name);
    return key === undefined ? undefined : ((await store.find(key)) ?? findBuiltIn(key));
  }

  async function list(): Promise<Persona[]> {
    const stored = await store.list();
    const hidden = new Set(stored.map(({ name }) => name.toLowerCase()));
    const shown = builtInPersonas.filter(({ name }) => !hidden.has(name));
    return [...stored, ...shown].toSorted((one, other) => other.updatedAt.getTime() - one.updatedAt.getTime());
  }

  async function save(name: string, content: PersonaBase): Promise<void> {
    for (const digest of blobsOf(content)) {
      if (!(await blobs.has(digest)))
        throw new AppError('conflict', { detail: verbatim(`blob "${digest}" was removed meanwhile: upload it again`) });
    }
    const before = await store.find(name);
    const time = now();
    await store.save({ ...content, name: before?.name ?? name, createdAt: before?.createdAt ?? time, updatedAt: time });
    if (before !== undefined) await removeUnused(blobsOf(before));
  }

  async function removeUnused(digests: readonly string[]): Promise<void> {
    const named = configured.map(parseDigest).filter((digest) => digest !== undefined);
    const used = new Set([...named, ...(await store.list()).flatMap(blobsOf)]);
    for await (const { adapter } of allPages((page) => versions.list(page))) used.add(adapter);
    for (const digest of digests) {
      if (!used.has(digest) && (await blobs.has(digest))) await files.remove(digest);
    }
  }

  return {
    find,
    list,
    async *create(name, request, { signal }) {
      const key = requireKey(name);
      assertTemplate(request.template ?? '');
      for (const what of request.ignored ?? []) yield { status: `ignoring ${what}, which means nothing here` };
      const base = yield* findBase(request, { ports: { files, blobs, versions, find }, signal });
      yield { status: 'writing manifest' };
      await inTurn(() => save(key, saidOver(base, request)));
      yield { status: 'success' };
    },
    async copy(source, destination) {
      const key = requireKey(destination);
      const persona = await find(source);
      const content = persona ?? (await overInstalled(source, files));
      await inTurn(() => save(key, content));
    },
    remove: (name) =>
      inTurn(async () => {
        const key = requireKey(name);
        const stored = await store.find(key);
        if (stored === undefined && findBuiltIn(key) !== undefined) {
          const detail = verbatim(`"${key}" comes with the service and stays; create one of that name to replace it`);
          throw new AppError('forbidden', { detail });
        }
        if (stored === undefined) return false;
        await store.delete(key);
        await removeUnused(blobsOf(stored));
        return true;
      }),
    removeUnusedBlobs: (before) =>
      inTurn(async () => {
        const old = (await blobs.list()).filter(({ storedAt }) => storedAt < before);
        await removeUnused(old.map(({ digest }) => digest));
      }),
  };
}

function keyOf(name: string): string | undefined {
  const parsed = parseModelName(name);
  return parsed && shortModelName(parsed);
}

/** Names that stand for files cannot be taken. */
function requireKey(name: string): string {
  const key = keyOf(name);
  const isFile = name.startsWith('hf:') || !isModelName(name) || parseDigest(name) !== undefined;
  if (key !== undefined && !isFile) return key;
  throw new AppError('invalid_request', { detail: verbatim('invalid model name') });
}

function assertTemplate(template: string): void {
  try {
    readTemplate(template);
  } catch (error) {
    if (!isAppError(error, 'invalid_request')) throw error;
    throw new AppError('invalid_request', { detail: verbatim(`template error: ${error.detail}`), cause: error });
  }
}

function findBuiltIn(key: string): Persona | undefined {
  return builtInPersonas.find(({ name }) => name === key.toLowerCase());
}

function blobsOf({ base, adapter }: PersonaBase): string[] {
  return [base, adapter].filter((name) => name !== null).filter((name) => parseDigest(name) !== undefined);
}

/** What the request says, and what it was made from where the request says nothing. */
function saidOver(base: PersonaBase, request: PersonaRequest): PersonaBase {
  const { system, template, messages = [], parameters = {}, licence = [], knowledge, pinned, insights } = request;
  return {
    ...base,
    system: system === undefined || system === '' ? base.system : system,
    template: template === undefined || template === '' ? base.template : template,
    messages: messages.length === 0 ? base.messages : messages,
    parameters: { ...base.parameters, ...parameters },
    licence: [...base.licence, ...licence.filter((text) => text !== '' && !base.licence.includes(text))],
    knowledge: knowledge === undefined ? base.knowledge : knowledge,
    pinned: pinned ?? base.pinned,
    insights: insights ?? base.insights,
  };
}

async function overInstalled(name: string, files: ModelFiles): Promise<PersonaBase> {
  const isInstalled = isModelName(name) && (await files.isInstalled(name).catch(asAbsent));
  if (!isInstalled)
    throw new AppError('model_unknown', { detail: verbatim('There is no model of that name to copy.') });
  return overModel((await files.profile(name)).name);
}

function asAbsent(error: unknown): false {
  if (isAppError(error, 'model_unknown')) return false;
  throw error;
}
