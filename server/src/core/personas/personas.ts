import type { Persona } from '../../models/persona.ts';

/** Models under names of their own. */
export interface Personas {
  /** By its name, without regard to case; a name without a tag means `:latest`. */
  find(name: string): Promise<Persona | undefined>;
  /** All of them, those changed last first. */
  list(): Promise<Persona[]>;
}
