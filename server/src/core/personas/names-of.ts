import type { Persona } from '../../models/persona.ts';

/** The names that let a key use a persona: its own, and that of the model under it. */
export function namesOf({ name, base }: Pick<Persona, 'name' | 'base'>): readonly string[] {
  return base === null ? [name] : [name, base];
}
