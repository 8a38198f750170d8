import type { Persona } from '../models/persona.ts';

/** Keeps personas under their names, which are compared without regard to case. */
export interface PersonaStore {
  find(name: string): Promise<Persona | undefined>;
  /** All of them, those changed last first. */
  list(): Promise<Persona[]>;
  /** Adds it, or replaces the one of that name; durable when it resolves. */
  save(persona: Persona): Promise<void>;
  /** Whether there was one. */
  delete(name: string): Promise<boolean>;
}
