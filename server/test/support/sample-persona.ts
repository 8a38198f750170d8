import type { Persona } from '../../src/models/persona.ts';

/** A persona that says nothing of its own, but for what is given. */
export function samplePersona(name: string, change: Partial<Persona> = {}): Persona {
  return {
    name,
    base: null,
    adapter: null,
    system: null,
    template: null,
    parameters: {},
    messages: [],
    licence: [],
    knowledge: null,
    pinned: false,
    insights: false,
    createdAt: new Date(1000),
    updatedAt: new Date(2000),
    ...change,
  };
}
