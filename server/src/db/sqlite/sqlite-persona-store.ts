import type { ChatMessage, ModelParameters } from '../../models/language-model.ts';
import type { Persona } from '../../models/persona.ts';
import type { PersonaStore } from '../../ports/persona-store.ts';
import type { Database } from './database.ts';
import type { Row, Statement } from './statement.ts';

/** Personas in a table of their own. The database belongs to whoever opened it. */
export function createSqlitePersonaStore(database: Database): PersonaStore {
  return {
    async find(name) {
      const [row] = await database.all('select * from personas where key = ?', [name.toLowerCase()]);
      return row && toPersona(row);
    },
    async list() {
      const rows = await database.all('select * from personas order by updated_at desc, key');
      return rows.map(toPersona);
    },
    async save(persona) {
      await database.transaction([savePersona(persona)]);
    },
    async delete(name) {
      const { changes } = await database.run('delete from personas where key = ?', [name.toLowerCase()]);
      return changes > 0;
    },
  };
}

export function savePersona(persona: Persona): Statement {
  return {
    sql: 'insert or replace into personas values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    values: [
      persona.name.toLowerCase(),
      persona.name,
      persona.base,
      persona.adapter,
      persona.system,
      persona.template,
      JSON.stringify(persona.parameters),
      JSON.stringify(persona.messages),
      JSON.stringify(persona.licence),
      persona.knowledge && JSON.stringify(persona.knowledge),
      persona.pinned ? 1 : 0,
      persona.createdAt.getTime(),
      persona.updatedAt.getTime(),
      persona.insights ? 1 : 0,
    ],
  };
}

export function toPersona(row: Row): Persona {
  return {
    name: row['name'] as string,
    base: row['base'] as string | null,
    adapter: row['adapter'] as string | null,
    system: row['system'] as string | null,
    template: row['template'] as string | null,
    parameters: JSON.parse(row['parameters'] as string) as ModelParameters,
    messages: JSON.parse(row['messages'] as string) as ChatMessage[],
    licence: JSON.parse(row['licence'] as string) as string[],
    knowledge: JSON.parse((row['knowledge'] as string | null) ?? 'null') as Persona['knowledge'],
    pinned: row['pinned'] === 1,
    insights: row['insights'] === 1,
    createdAt: new Date(row['created_at'] as number),
    updatedAt: new Date(row['updated_at'] as number),
  };
}
