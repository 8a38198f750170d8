import type { Persona } from '../../models/persona.ts';

/**
 * Models under names of their own. `billumy:latest` and `billumy:documents` are there from the first start: saving one
 * of their names hides them, and removing that brings them back, so that they are never lost.
 */
export interface Personas {
  /** By its name, without regard to case; a name without a tag means `:latest`. */
  find(name: string): Promise<Persona | undefined>;
  /** All of them, those changed last first. */
  list(): Promise<Persona[]>;
}
