import type { Persona } from '../../models/persona.ts';

const system = `Você é Billumy, assistente desta empresa. Responda na língua da pergunta, com clareza; quando não souber, diga que não sabe.
You are Billumy, the assistant of this company. Answer in the language of the question, clearly; when you do not know, say so.`;

const withoutBase: Persona = {
  name: 'billumy:latest',
  base: null,
  adapter: null,
  system,
  template: null,
  parameters: {},
  messages: [],
  licence: [],
  knowledge: null,
  pinned: false,
  insights: false,
  createdAt: new Date('2026-11-01T00:00:00Z'),
  updatedAt: new Date('2026-11-01T00:00:00Z'),
};

/** Whether it is one of those that are there from the first start, as they came. */
export function isBuiltIn(persona: Persona): boolean {
  return builtInPersonas.includes(persona);
}

/** What exists from the first start: the configured model or route, and the same over all documents of the caller. */
export const builtInPersonas: readonly Persona[] = [
  withoutBase,
  { ...withoutBase, name: 'billumy:documents', knowledge: { collections: null } },
];
