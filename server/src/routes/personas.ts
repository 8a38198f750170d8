import {
  newPersonaSchema,
  personaEditSchema,
  personaListSchema,
  personaParamsSchema,
  personaSchema,
  type Persona as PersonaBody,
} from '@billumy/protocol';
import { isPermittedModel } from '../core/auth/permitted-models.ts';
import { isBuiltIn } from '../core/personas/built-in.ts';
import { namesOf } from '../core/personas/names-of.ts';
import type { Personas } from '../core/personas/personas.ts';
import type { Persona } from '../models/persona.ts';
import { nameSubject } from './http/note-deeds.ts';
import type { App } from './http/route.ts';

const tags = ['models'];
const editing = { access: { scope: 'admin' }, audit: 'persona.create' } as const;

/** Everything under `/personas`: the names that answer, and what stands behind them. */
export function personaRoutes(personas: Pick<Personas, 'list' | 'make' | 'change'>): (app: App) => void {
  return (app) => {
    app.get(
      '/personas',
      {
        config: { access: { scope: 'ask' } },
        schema: {
          tags,
          summary: 'The personas that the token may ask, changed last first',
          response: { 200: personaListSchema },
        },
      },
      async ({ principal }) => {
        const all = await personas.list();
        const permitted = all.filter((persona) => isPermittedModel(namesOf(persona), principal));
        return { personas: permitted.map(toBody) };
      },
    );
    editRoutes(app, personas);
  };
}

function editRoutes(app: App, personas: Pick<Personas, 'make' | 'change'>): void {
  app.post(
    '/personas',
    {
      config: editing,
      schema: {
        tags,
        summary: 'Make a persona, from nothing or from another one',
        body: newPersonaSchema,
        response: { 201: personaSchema },
      },
    },
    async (request, reply) => {
      const { name, copy_of: copyOf, ...edit } = request.body;
      nameSubject(request, name);
      return reply.status(201).send(toBody(await personas.make(name, edit, { copyOf })));
    },
  );
  app.put(
    '/personas/:name',
    {
      config: editing,
      schema: {
        tags,
        summary: 'Change a persona',
        description:
          'What it has from a Modelfile, such as messages, stays; its adapter and template go with its base. `DELETE /models/{name}` removes it.',
        params: personaParamsSchema,
        body: personaEditSchema,
        response: { 200: personaSchema },
      },
    },
    async ({ params: { name }, body }) => toBody(await personas.change(name, body)),
  );
}

function toBody(persona: Persona): PersonaBody {
  const { name, base, system, parameters, knowledge, pinned, insights, createdAt, updatedAt } = persona;
  const { temperature } = parameters;
  return {
    name,
    base,
    system,
    temperature: typeof temperature === 'number' ? temperature : null,
    knowledge: knowledge && { collections: knowledge.collections && [...knowledge.collections] },
    pinned,
    insights,
    built_in: isBuiltIn(persona),
    created_at: createdAt.toISOString(),
    updated_at: updatedAt.toISOString(),
  };
}
