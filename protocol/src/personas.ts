import { z } from 'zod';
import { collectionName, text, timestamp } from './common.ts';

const longestSystem = 32_000;
const mostCollections = 100;

const knowledgeDescription = 'Answers come from documents; null: they do not.';
const collectionsDescription = 'null: all that the caller may see.';

const said = {
  base: text(500).min(1).nullable().describe('The model under it; null: the one that the service would choose.'),
  system: text(longestSystem).min(1).nullable().describe('What is said to the model before anybody else speaks.'),
  temperature: z.number().min(0).max(2).nullable().describe('null: as the model has it.'),
  pinned: z.boolean().describe('Always answers with its own model.'),
  insights: z.boolean().describe('Computes from tables that stand in a prompt.'),
};

export const personaSchema = z
  .object({
    name: z.string(),
    ...said,
    // Modelfiles may say more than people are let to.
    base: z
      .string()
      .nullable()
      .describe(said.base.description ?? ''),
    system: z
      .string()
      .nullable()
      .describe(said.system.description ?? ''),
    temperature: z
      .number()
      .nullable()
      .describe(said.temperature.description ?? ''),
    knowledge: z
      .object({ collections: z.array(z.string()).nullable().describe(collectionsDescription) })
      .nullable()
      .describe(knowledgeDescription),
    built_in: z.boolean().describe('Whether it came with the service, unchanged: then it cannot be deleted.'),
    created_at: timestamp,
    updated_at: timestamp,
  })
  .meta({ id: 'Persona' });
export type Persona = z.infer<typeof personaSchema>;

export const personaListSchema = z.object({ personas: z.array(personaSchema) }).meta({ id: 'Personas' });
export type PersonaList = z.infer<typeof personaListSchema>;

const personaEdit = {
  ...said,
  knowledge: z
    .strictObject({
      collections: z.array(collectionName).min(1).max(mostCollections).nullable().describe(collectionsDescription),
    })
    .nullable()
    .describe(knowledgeDescription),
};

export const personaEditSchema = z.strictObject(personaEdit).meta({ id: 'PersonaEdit' });
export type PersonaEdit = z.infer<typeof personaEditSchema>;

export const newPersonaSchema = z
  .strictObject({
    name: text(500).min(1),
    copy_of: text(500)
      .min(1)
      .nullable()
      .default(null)
      .describe('A persona that gives what is not said here: adapter, template, messages, other parameters.'),
    ...personaEdit,
  })
  .meta({ id: 'NewPersona' });
export type NewPersona = z.input<typeof newPersonaSchema>;

export const personaParamsSchema = z.strictObject({ name: text(500).min(1) });
