import { AppError, isAppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import { parseDigest } from '../../models/digest.ts';
import type { ModelDescription } from '../../models/model-description.ts';
import type { Persona } from '../../models/persona.ts';
import type { Principal } from '../../models/principal.ts';
import { comparableName, isPermittedModel } from '../auth/permitted-models.ts';
import type { UsableModels } from '../completions/usable-models.ts';
import type { LanguageModels } from '../language-models/language-models.ts';
import { bringModel } from '../personas/bring-model.ts';
import { namesOf } from '../personas/names-of.ts';
import { isModelName } from '../personas/persona-base.ts';
import { libraryModelOf, libraryPersonaOf } from './library-model.ts';
import type { LibraryModel, ModelLibrary } from './model-library.ts';
import { createRemoval, type RemovalPorts } from './remove-model.ts';
import { runningModels } from './running-models.ts';

export interface ModelLibraryPorts extends RemovalPorts {
  usable: UsableModels;
  models: Pick<LanguageModels, 'forAnswers'>;
}

export function createModelLibrary(ports: ModelLibraryPorts): ModelLibrary {
  const { files, personas, usable, models, engine } = ports;

  async function showPersona(persona: Persona, options: { verbose: boolean }): Promise<LibraryModel> {
    const base = persona.base ?? (await models.forAnswers().catch(whileAbsent))?.name;
    const description = base === undefined ? undefined : await describe(base, options);
    const adapter = persona.adapter === null ? undefined : await describe(persona.adapter, { verbose: false });
    return libraryPersonaOf(persona, { description: description ?? null, adapterBytes: adapter?.bytes ?? 0 });
  }

  /** undefined for what is not here, or damaged. */
  async function describe(name: string, options: { verbose: boolean }): Promise<ModelDescription | undefined> {
    return files.describe(name, options).catch(whileAbsent);
  }

  async function list(principal: Principal): Promise<LibraryModel[]> {
    const named = new Map<string, Promise<LibraryModel | undefined>>();
    const own = new Map((await personas.list()).map((persona) => [persona.name, persona]));
    for (const { name, isPersona } of await usable.list(principal)) {
      const persona = isPersona ? own.get(name) : undefined;
      const key = comparableName(name);
      if (named.has(key) || !isModelName(name)) continue;
      named.set(key, persona === undefined ? showModel(name) : showPersona(persona, { verbose: false }));
    }
    const shown = (await Promise.all(named.values())).filter((model) => model !== undefined);
    return shown.toSorted((one, other) => other.modifiedAt.getTime() - one.modifiedAt.getTime());
  }

  async function showModel(name: string, options = { verbose: false }): Promise<LibraryModel | undefined> {
    const description = await describe(name, options);
    return description && libraryModelOf(description);
  }

  return {
    list,
    async show(name, { principal, verbose }) {
      const persona = await personas.find(name);
      if (!isPermittedModel(persona === undefined ? [name] : namesOf(persona), principal)) throw unknown();
      if (persona !== undefined) return showPersona(persona, { verbose });
      const shown = isNameOfModel(name) ? await showModel(name, { verbose }) : undefined;
      if (shown === undefined) throw unknown();
      return shown;
    },
    running: async (principal) => runningModels(await engine.status(), { list: await list(principal) }),
    async *pull(name, { signal }) {
      const persona = await personas.find(name);
      if (persona === undefined && !isNameOfModel(name)) throw unknown();
      const source = persona === undefined ? name : persona.base;
      if (source === null || parseDigest(source) !== undefined) yield { status: 'pulling manifest' };
      else yield* bringModel(source, { files, signal });
      yield { status: 'writing manifest' };
      yield { status: 'success' };
    },
    remove: createRemoval(ports),
  };
}

/** Blobs and files are used through personas only. */
function isNameOfModel(name: string): boolean {
  return isModelName(name) && parseDigest(name) === undefined;
}

function whileAbsent(error: unknown): undefined {
  if (isAppError(error, 'model_unknown') || isAppError(error, 'model_unavailable')) return undefined;
  throw error;
}

function unknown(): AppError {
  return new AppError('model_unknown', { detail: told`There is no model of that name on this machine.` });
}
