import type { Persona } from '../../models/persona.ts';
import type { PersonaStore } from '../../ports/persona-store.ts';

const freshForMs = 1000;
const mostNames = 1000;

/**
 * Spares the database on every request. What another process changes is noticed after the second that a persona stays
 * fresh here; what is changed through this store, at once.
 */
export function rememberPersonas(store: PersonaStore, now: () => Date): PersonaStore {
  const known = new Map<string, { persona: Persona | undefined; freshUntil: number }>();
  let generation = 0;

  async function changing<Result>(change: Promise<Result>): Promise<Result> {
    try {
      return await change;
    } finally {
      generation += 1;
      known.clear();
    }
  }

  return {
    async find(name) {
      const key = name.toLowerCase();
      const time = now().getTime();
      const fresh = known.get(key);
      if (fresh !== undefined && time < fresh.freshUntil) return fresh.persona;
      const startedIn = generation;
      const persona = await store.find(name);
      // What was read before a change may be wrong after it: good for this request, not for the next.
      if (startedIn === generation) {
        if (known.size >= mostNames) known.clear();
        known.set(key, { persona, freshUntil: time + freshForMs });
      }
      return persona;
    },
    list: () => store.list(),
    save: (persona) => changing(store.save(persona)),
    delete: (name) => changing(store.delete(name)),
  };
}
