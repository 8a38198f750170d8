import type { EngineStatus, LoadedModel } from '../../ports/engine.ts';
import { comparableName } from '../auth/permitted-models.ts';
import type { LibraryModel, RunningModel } from './model-library.ts';

export interface RunningModelsOptions {
  /** What the caller may know of. */
  list: readonly LibraryModel[];
}

/** What the engine has loaded, by the names that callers use: files and adapters by the personas over them. */
export function runningModels({ loaded }: EngineStatus, { list }: RunningModelsOptions): RunningModel[] {
  const running = loaded.flatMap((one) => {
    const model =
      list.find((candidate) => isModel(candidate, one) && one.adapter === null) ??
      list.find((candidate) => isOver(candidate, one)) ??
      // With an adapter that training put in force it is still the same model.
      list.find((candidate) => isModel(candidate, one));
    const { bytes, contextTokens, expiresAt } = one;
    return model === undefined ? [] : [{ model, bytes, contextTokens, expiresAt }];
  });
  return eachOnce(running.toSorted((one, other) => remainingOf(other) - remainingOf(one)));
}

/**
 * A model that is loaded as it came and with what training put in force is one to callers: as long as one of them stays,
 * and as large as the larger, for the weights of both are the same.
 */
function eachOnce(running: readonly RunningModel[]): RunningModel[] {
  const byName = new Map<string, RunningModel>();
  for (const one of running) {
    const { name } = one.model;
    const shown = byName.get(name);
    byName.set(name, shown === undefined ? one : { ...shown, bytes: larger(shown.bytes, one.bytes) });
  }
  return [...byName.values()];
}

/** null: the engine does not tell. */
function larger(one: number | null, other: number | null): number | null {
  return (other ?? 0) > (one ?? 0) ? other : one;
}

function remainingOf({ expiresAt }: RunningModel): number {
  return expiresAt?.getTime() ?? Number.MAX_SAFE_INTEGER;
}

function isModel({ name, persona }: LibraryModel, { model }: LoadedModel): boolean {
  return persona === null && comparableName(name) === comparableName(model);
}

function isOver({ persona, description }: LibraryModel, { model, adapter }: LoadedModel): boolean {
  return persona !== null && persona.adapter === adapter && description?.profile.name === model;
}
