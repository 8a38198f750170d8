import { personaListSchema, type Persona as PersonaBody } from '@billumy/protocol';
import { isPermitted } from '../core/completions/choose-model.ts';
import { namesOf } from '../core/personas/names-of.ts';
import type { Personas } from '../core/personas/personas.ts';
import type { Persona } from '../models/persona.ts';
import type { App } from './route.ts';

/** `GET /personas`: the names that answer, and what stands behind them. */
export function personaRoutes(personas: Pick<Personas, 'list'>): (app: App) => void {
  return (app) => {
    app.get(
      '/personas',
      {
        config: { access: { scope: 'ask' } },
        schema: {
          tags: ['models'],
          summary: 'The personas that the token may ask, changed last first',
          response: { 200: personaListSchema },
        },
      },
      async ({ principal }) => {
        const all = await personas.list();
        const permitted = all.filter((persona) => isPermitted(namesOf(persona), principal));
        return { personas: permitted.map(toBody) };
      },
    );
  };
}

function toBody({ name, base, system, knowledge, pinned, insights, createdAt, updatedAt }: Persona): PersonaBody {
  return {
    name,
    base,
    system,
    knowledge: knowledge && { collections: knowledge.collections && [...knowledge.collections] },
    pinned,
    insights,
    created_at: createdAt.toISOString(),
    updated_at: updatedAt.toISOString(),
  };
}
