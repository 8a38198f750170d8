import { parseModelName, shortModelName } from '../../models/model-name.ts';
import type { Persona } from '../../models/persona.ts';
import type { PersonaStore } from '../../ports/persona-store.ts';
import { builtInPersonas } from './built-in.ts';
import type { Personas } from './personas.ts';

export interface PersonaPorts {
  personaStore: PersonaStore;
}

export function createPersonas({ personaStore: store }: PersonaPorts): Personas {
  return {
    async find(name) {
      const parsed = parseModelName(name);
      if (parsed === undefined) return undefined;
      const key = shortModelName(parsed);
      return (await store.find(key)) ?? findBuiltIn(key);
    },
    async list() {
      const stored = await store.list();
      const hidden = new Set(stored.map(({ name }) => name.toLowerCase()));
      const shown = builtInPersonas.filter(({ name }) => !hidden.has(name));
      return [...stored, ...shown].toSorted((one, other) => other.updatedAt.getTime() - one.updatedAt.getTime());
    },
  };
}

function findBuiltIn(key: string): Persona | undefined {
  return builtInPersonas.find(({ name }) => name === key.toLowerCase());
}
