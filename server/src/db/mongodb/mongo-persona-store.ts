import type { Collection } from 'mongodb';
import type { Persona } from '../../models/persona.ts';
import type { PersonaStore } from '../../ports/persona-store.ts';
import type { MongoConnection } from './connection.ts';
import { isDuplicateKey } from './errors.ts';

/** What callers chose the form of is JSON: MongoDB does not keep every key and every number as it is. */
export interface PersonaRecord extends Omit<Persona, 'parameters' | 'messages' | 'insights'> {
  /** The name in lower case: names are compared without regard to case. */
  _id: string;
  parameters: string;
  messages: string;
  /** Absent in records of before there were insights. */
  insights?: boolean;
}

/** Personas in a collection of their own. The connection belongs to whoever opened it. */
export function createMongoPersonaStore(connection: MongoConnection): PersonaStore {
  const withPersonas = <T>(work: (personas: Collection<PersonaRecord>) => Promise<T>): Promise<T> =>
    connection.run((database) => work(database.collection('personas')));

  return {
    async find(name) {
      const record = await withPersonas((personas) => personas.findOne({ _id: name.toLowerCase() }));
      return record === null ? undefined : toPersona(record);
    },
    async list() {
      const records = await withPersonas((personas) => personas.find().sort({ updatedAt: -1, _id: 1 }).toArray());
      return records.map(toPersona);
    },
    async save(persona) {
      await withPersonas((personas) => replace(personas, personaRecord(persona)));
    },
    async delete(name) {
      const { deletedCount } = await withPersonas((personas) => personas.deleteOne({ _id: name.toLowerCase() }));
      return deletedCount > 0;
    },
  };
}

async function replace(personas: Collection<PersonaRecord>, { _id: key, ...record }: PersonaRecord): Promise<void> {
  const save = () => personas.replaceOne({ _id: key }, record, { upsert: true });
  try {
    await save();
  } catch (error) {
    // Of two that add it at once, one is told that it is there: then it can be replaced.
    if (!isDuplicateKey(error)) throw error;
    await save();
  }
}

export function personaRecord({ parameters, messages, ...persona }: Persona): PersonaRecord {
  const _id = persona.name.toLowerCase();
  return { ...persona, _id, parameters: JSON.stringify(parameters), messages: JSON.stringify(messages) };
}

export function toPersona(record: PersonaRecord): Persona {
  const {
    name,
    base,
    adapter,
    system,
    template,
    licence,
    knowledge,
    pinned,
    insights = false,
    createdAt,
    updatedAt,
  } = record;
  const parameters = JSON.parse(record.parameters) as Persona['parameters'];
  const messages = JSON.parse(record.messages) as Persona['messages'];
  return {
    name,
    base,
    adapter,
    system,
    template,
    parameters,
    messages,
    licence,
    knowledge,
    pinned,
    insights,
    createdAt,
    updatedAt,
  };
}
