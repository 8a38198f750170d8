import { z } from 'zod';
import { timestamp } from './common.ts';

export const personaSchema = z
  .object({
    name: z.string(),
    base: z.string().nullable().describe('The model under it; null: the one that the service would choose.'),
    system: z.string().nullable(),
    knowledge: z
      .object({ collections: z.array(z.string()).nullable().describe('null: all that the caller may see.') })
      .nullable()
      .describe('Answers come from documents; null: they do not.'),
    pinned: z.boolean().describe('Always answers with its own model.'),
    insights: z.boolean().describe('Computes from tables that stand in a prompt.'),
    created_at: timestamp,
    updated_at: timestamp,
  })
  .meta({ id: 'Persona' });
export type Persona = z.infer<typeof personaSchema>;

export const personaListSchema = z.object({ personas: z.array(personaSchema) }).meta({ id: 'Personas' });
export type PersonaList = z.infer<typeof personaListSchema>;
