import { isAppError } from '../../errors/app-error.ts';
import type { Principal } from '../../models/principal.ts';
import type { ModelFiles } from '../../ports/model-files.ts';
import type { ModelDirectory } from '../language-models/language-models.ts';
import { namesOf } from '../personas/names-of.ts';
import type { Personas } from '../personas/personas.ts';
import { comparableName, isPermittedModel } from '../auth/permitted-models.ts';

/** What a caller may name: the personas, and the models on this machine. */
export interface UsableModels {
  /** Personas first. */
  list(principal: Principal): Promise<UsableModel[]>;
  /** Without regard to case; a name without a tag means `:latest`. */
  find(name: string, principal: Principal): Promise<UsableModel | undefined>;
}

export interface UsableModel {
  name: string;
  /** When the persona was made, or the file of the model changed; null: it is not known. */
  createdAt: Date | null;
  isPersona: boolean;
}

export interface UsableModelsPorts {
  files: Pick<ModelFiles, 'describe'>;
  models: ModelDirectory;
  personas: Pick<Personas, 'list'>;
}

export function createUsableModels({ files, models, personas }: UsableModelsPorts): UsableModels {
  async function list(principal: Principal): Promise<UsableModel[]> {
    const [own, listed] = await Promise.all([personas.list(), models.list()]);
    const named = own.filter((persona) => isPermittedModel(namesOf(persona), principal));
    const installed = listed.filter((entry) => entry.installed && isPermittedModel([entry.profile.name], principal));
    return [
      ...named.map(({ name, createdAt }) => ({ name, createdAt, isPersona: true })),
      ...(await Promise.all(installed.map(({ profile }) => toUsable(profile.name)))),
    ];
  }
  async function toUsable(name: string): Promise<UsableModel> {
    const described = await files.describe(name).catch(whileAbsent);
    return { name, createdAt: described?.modifiedAt ?? null, isPersona: false };
  }
  return {
    list,
    async find(name, principal) {
      const wanted = comparableName(name);
      return (await list(principal)).find((model) => comparableName(model.name) === wanted);
    },
  };
}

/** A file may go, or be damaged, between two looks. */
function whileAbsent(error: unknown): undefined {
  if (isAppError(error, 'model_unknown') || isAppError(error, 'model_unavailable')) return undefined;
  throw error;
}
