import type { Db, ObjectId } from 'mongodb';
import type { MongoConnection } from '../../src/db/mongodb/connection.ts';
import { openMongoConversationStore } from '../../src/db/mongodb/conversations/mongo-conversation-store.ts';
import { openMongoDocumentStore } from '../../src/db/mongodb/documents/mongo-document-store.ts';
import { createClosingList } from '../../src/process/closing-list.ts';
import { eventually } from './eventually.ts';

const moreThanADayMs = 25 * 60 * 60 * 1000;
const now = (): Date => new Date(Date.now() + moreThanADayMs);

/** How many revisions, turns and files there are that nothing names. */
export function countLeftovers(connection: MongoConnection): Promise<number> {
  return connection.run(async (database) => {
    const revisions = await idsIn(database, 'documents', 'parts');
    const turns = await idsIn(database, 'conversations', 'parts');
    const texts = await idsIn(database, 'document_revisions', 'texts');
    const unnamed = [
      without(revisions, await idsIn(database, 'document_revisions', '_id')),
      without(turns, await idsIn(database, 'turns', '_id')),
      without(revisions, await filesIn(database, 'originals')),
      without(texts, await filesIn(database, 'texts')),
    ];
    return unnamed.flat().length;
  });
}

/** Opens stores a day later, and waits until they have removed everything that nothing names. */
export async function sweepADayLater(connection: MongoConnection): Promise<void> {
  await using opened = createClosingList();
  opened.add(openMongoDocumentStore({ connection, now }));
  opened.add(openMongoConversationStore({ connection, now }));
  await eventually(async () => {
    const left = await countLeftovers(connection);
    if (left > 0) throw new Error(`${left} are left`);
  });
}

async function idsIn(database: Db, collection: string, field: string): Promise<string[]> {
  const ids = (await database.collection(collection).distinct(field)) as ObjectId[];
  return ids.map((id) => id.toHexString());
}

async function filesIn(database: Db, bucket: string): Promise<string[]> {
  const files = await idsIn(database, `${bucket}.files`, '_id');
  return [...new Set([...files, ...(await idsIn(database, `${bucket}.chunks`, 'files_id'))])];
}

function without(named: readonly string[], all: readonly string[]): string[] {
  return all.filter((id) => !named.includes(id));
}
