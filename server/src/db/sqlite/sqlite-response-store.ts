import type { ChatMessage } from '../../models/language-model.ts';
import type { ResponseStore, StoredResponse } from '../../ports/response-store.ts';
import type { Database } from './database.ts';
import type { Row, Statement } from './statement.ts';

/** Responses in a table of their own. The database belongs to whoever opened it. */
export function createSqliteResponseStore(database: Database): ResponseStore {
  return {
    async save(response) {
      await database.transaction([insertResponse(response)]);
    },
    async find(id, ownerId) {
      const [row] = await database.all('select * from responses where id = ? and owner_id = ?', [id, ownerId]);
      return row && toResponse(row);
    },
    async delete(id, ownerId) {
      const { changes } = await database.run('delete from responses where id = ? and owner_id = ?', [id, ownerId]);
      return changes > 0;
    },
    async deleteExpired(createdBefore) {
      await database.run('delete from responses where created_at < ?', [createdBefore.getTime()]);
    },
  };
}

export function insertResponse({ id, ownerId, conversation, messages, body, createdAt }: StoredResponse): Statement {
  return {
    sql: 'insert into responses (id, owner_id, conversation, messages, body, created_at) values (?, ?, ?, ?, ?, ?)',
    values: [id, ownerId, conversation, JSON.stringify(messages), JSON.stringify(body), createdAt.getTime()],
  };
}

export function toResponse(row: Row): StoredResponse {
  return {
    id: row['id'] as string,
    ownerId: row['owner_id'] as string,
    conversation: row['conversation'] as string,
    messages: JSON.parse(row['messages'] as string) as ChatMessage[],
    body: JSON.parse(row['body'] as string) as StoredResponse['body'],
    createdAt: new Date(row['created_at'] as number),
  };
}
