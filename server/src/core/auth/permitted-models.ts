import { parseModelName, shortModelName } from '../../models/model-name.ts';
import type { Principal } from '../../models/principal.ts';

/** Whether the key may use one of the names. */
export function isPermittedModel(names: readonly string[], { models }: Principal): boolean {
  if (models === null) return true;
  const allowed = new Set(models.map(comparableName));
  return names.some((name) => allowed.has(comparableName(name)));
}

/** The same text for every way to write the same name. */
export function comparableName(name: string): string {
  const parsed = parseModelName(name);
  return (parsed === undefined ? name : shortModelName(parsed)).toLowerCase();
}
