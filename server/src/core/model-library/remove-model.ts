import { AppError } from '../../errors/app-error.ts';
import { told, type Told } from '../../errors/told.ts';
import { parseDigest } from '../../models/digest.ts';
import type { Engine } from '../../ports/engine.ts';
import type { ModelFiles } from '../../ports/model-files.ts';
import { comparableName } from '../auth/permitted-models.ts';
import { isModelName } from '../personas/persona-base.ts';
import type { Personas } from '../personas/personas.ts';
import type { ModelLibrary } from './model-library.ts';

export interface RemovalPorts {
  files: ModelFiles;
  personas: Personas;
  engine: Pick<Engine, 'status' | 'load'>;
  /** The models of the settings. */
  configured: readonly string[];
}

/** Removes a persona or, when there is none of that name, the file of a model that nobody needs. */
export function createRemoval({ files, personas, engine, configured }: RemovalPorts): ModelLibrary['remove'] {
  async function assertUnneeded(name: string): Promise<void> {
    if (configured.some((one) => comparableName(one) === comparableName(name))) {
      throw needed(told`the settings of the service name "${name}": choose another model there first`);
    }
    const over = (await personas.list()).filter(({ base }) => base === name).map((persona) => persona.name);
    if (over.length > 0) throw needed(told`"${name}" is what ${over.join(', ')} is made from: remove that first`);
  }

  async function unload(name: string): Promise<void> {
    const loaded = (await engine.status()).loaded.filter(({ model }) => model === name);
    if (loaded.some(({ busy, waiting }) => busy + waiting > 0))
      throw needed(told`"${name}" is answering: try again later`);
    if (loaded.length > 0) await engine.load(name, { keepAliveMs: 0, signal: new AbortController().signal });
  }

  return async (requested) => {
    const isPersona = (await personas.find(requested)) !== undefined;
    if (isPersona && (await personas.remove(requested))) return;
    if (!isModelName(requested) || parseDigest(requested) !== undefined) throw new AppError('model_unknown');
    const { name } = await files.profile(requested);
    if (!(await files.isInstalled(name))) throw new AppError('model_unknown');
    await assertUnneeded(name);
    await unload(name);
    await files.remove(name);
  };
}

function needed(detail: Told): AppError {
  return new AppError('conflict', { detail });
}
