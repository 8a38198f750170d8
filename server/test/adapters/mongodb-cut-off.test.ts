import { expect, it } from 'vitest';
import type { MongoConnection } from '../../src/db/mongodb/connection.ts';
import { openMongoConversationStore } from '../../src/db/mongodb/conversations/mongo-conversation-store.ts';
import { openMongoDocumentStore } from '../../src/db/mongodb/documents/mongo-document-store.ts';
import type { Document, DocumentDraft } from '../../src/models/document.ts';
import type { Turn } from '../../src/ports/conversation-store.ts';
import type { DocumentOutcome, DocumentStore } from '../../src/ports/document-store.ts';
import { cutOffEverywhere } from '../support/cut-off.ts';
import { describeOnMongo, mongoBackend } from '../support/mongo-backend.ts';
import { countLeftovers, sweepADayLater } from '../support/mongo-leftovers.ts';

const now = (): Date => new Date();
const bytes = (content: string): Uint8Array => new TextEncoder().encode(content);
/** In several pieces, as MongoDB keeps it. */
const long = (number: number): string => `new ${number} ${'and more '.repeat(100_000)}`;
const draft: DocumentDraft = {
  collection: 'manuals',
  title: null,
  mediaType: 'text/plain',
  fileName: 'manual.txt',
  metadata: {},
  readers: ['everyone'],
  ownerId: 'usr_1',
};
const ready: DocumentOutcome = { status: 'ready', title: 'Found', passageCount: 3, pageCount: 2, language: 'pt' };
const parsed = { title: null, text: 'words', sections: [], pages: [] };
const openDocuments = (connection: MongoConnection) => openMongoDocumentStore({ connection, now });
const openConversations = (connection: MongoConnection) => openMongoConversationStore({ connection, now });

describeOnMongo(() => {
  it('leaves no half accepted document, wherever it is cut off', async () => {
    await using database = await openDatabase();
    await using store = openDocuments(database.connection);
    const cuts = await cutOffEverywhere({
      database: database.name,
      open: openDocuments,
      attempt: (cut, number) => cut.accept(draft, bytes(long(number))),
      async check(number) {
        const before = await contents(store);
        const { document } = await store.accept(draft, bytes(long(number)));
        expect(await contents(store)).toEqual({ ...before, [document.id]: long(number) });
      },
    });
    expect(cuts).toBeGreaterThanOrEqual(8);
    expect(Object.keys(await contents(store))).toHaveLength(cuts + 1);
    expect(await countLeftovers(database.connection)).toBeGreaterThan(0);
    await sweepADayLater(database.connection);
    expect(Object.keys(await contents(store))).toHaveLength(cuts + 1);
  });

  it('leaves a document as it was or with its new revision, whole', async () => {
    await using database = await openDatabase();
    await using store = openDocuments(database.connection);
    const { document } = await store.accept(draft, bytes('first'));
    let latest = 1;
    const cuts = await cutOffEverywhere({
      database: database.name,
      open: openDocuments,
      attempt: (cut, number) => cut.accept(draft, bytes(`revision ${number}`), document.id),
      async check(number) {
        const { latestRevision } = (await store.find(document.id))!;
        expect([latest, latest + 1]).toContain(latestRevision);
        if (latestRevision > latest)
          expect(await original(store, document.id, latestRevision)).toBe(`revision ${number}`);
        latest = latestRevision;
        expect(await original(store, document.id, 1)).toBe('first');
      },
    });
    expect(cuts).toBeGreaterThanOrEqual(5);
    expect(latest).toBe(3);
    await sweepADayLater(database.connection);
    expect(await original(store, document.id, 3)).toBe(`revision ${cuts + 1}`);
  });

  it('ends the processing of a revision completely or not at all', async () => {
    await using database = await openDatabase();
    await using store = openDocuments(database.connection);
    const accepted = new Map<number, Document>();
    const cuts = await cutOffEverywhere({
      database: database.name,
      open: openDocuments,
      async attempt(cut, number) {
        const { id } = await accept(store, `text ${number}`);
        accepted.set(number, (await store.find(id))!);
        await cut.saveText(id, 1, parsed);
        await cut.finish({ id, revision: 1 }, ready);
      },
      async check(number) {
        const before = accepted.get(number)!;
        const found = (await store.find(before.id))!;
        const text = await (await store.findRevision(before.id, 1))!.text();
        const isReady = found.status === 'ready';
        expect(found).toMatchObject(isReady ? { revision: 1, title: 'Found', passageCount: 3 } : before);
        expect(isReady ? [parsed] : [parsed, undefined]).toContainEqual(text);

        await store.saveText(before.id, 1, parsed);
        await store.finish({ id: before.id, revision: 1 }, ready);
        expect(await store.find(before.id)).toMatchObject({ status: 'ready', title: 'Found' });
      },
    });
    expect(cuts).toBeGreaterThanOrEqual(8);
  });

  it('hides a deleted document completely or not at all, and removes what a cut left of it', async () => {
    await using database = await openDatabase();
    await using store = openDocuments(database.connection);
    const accepted = new Map<number, string>();
    const cuts = await cutOffEverywhere({
      database: database.name,
      open: openDocuments,
      async attempt(cut, number) {
        const { id } = await accept(store, `gone ${number}`);
        await store.saveText(id, 1, parsed);
        accepted.set(number, id);
        await cut.delete(id);
      },
      async check(number) {
        const id = accepted.get(number)!;
        const isThere = (await store.find(id)) !== undefined;
        if (isThere) expect(await original(store, id, 1)).toBe(`gone ${number}`);
        await store.delete(id);
        expect(await contents(store)).toEqual({});
      },
    });
    expect(cuts).toBeGreaterThanOrEqual(5);
    expect(await countLeftovers(database.connection)).toBeGreaterThan(0);
    await sweepADayLater(database.connection);
  });

  it('leaves no half stored turn, and none of a deleted conversation', async () => {
    await using database = await openDatabase();
    await using store = openConversations(database.connection);
    const shown = async (id: string) => (await store.messages(id, 100)).map((message) => message.id);
    const cuts = await cutOffEverywhere({
      database: database.name,
      open: openConversations,
      async attempt(cut, number) {
        const id = `con_${number}`;
        await cut.create(
          { id, ownerId: 'usr_1', endUser: null, keyId: null, title: id, createdAt: at(0), updatedAt: at(0) },
          turn(id, 0),
        );
        await cut.appendTurn(id, turn(id, 1));
        await cut.delete(id);
      },
      async check(number) {
        const id = `con_${number}`;
        const conversation = await store.find(id);
        const ids = await shown(id);
        const turns = [turn(id, 0), turn(id, 1)].slice(0, conversation === undefined ? 0 : ids.length / 2);
        expect(ids).toEqual(turns.flatMap(({ question, answer }) => [question.id, answer.id]));
        if (conversation !== undefined) expect(conversation.updatedAt).toEqual(at(turns.length - 1));
        await store.delete(id);
        expect(await shown(id)).toEqual([]);
      },
    });
    expect(cuts).toBeGreaterThanOrEqual(8);
    expect(await countLeftovers(database.connection)).toBeGreaterThan(0);
    await sweepADayLater(database.connection);
  });
});

/** A new database, and a connection of whoever looks at it. */
async function openDatabase(): Promise<AsyncDisposable & { name: string; connection: MongoConnection }> {
  const backend = await mongoBackend((connection) => connection);
  const connection = await backend.open();
  return {
    name: await connection.run(async (database) => database.databaseName),
    connection,
    [Symbol.asyncDispose]: () => backend[Symbol.asyncDispose](),
  };
}

async function accept(store: DocumentStore, content: string): Promise<Document> {
  return (await store.accept(draft, bytes(content))).document;
}

async function original(store: DocumentStore, id: string, revision: number): Promise<string> {
  return Buffer.from(await (await store.findRevision(id, revision))!.original()).toString();
}

/** What every document says that is listed. */
async function contents(store: DocumentStore): Promise<Record<string, string>> {
  const everything = { filter: { collections: null, readers: null }, status: null };
  const { items } = await store.list(everything, { limit: 100, after: null });
  return Object.fromEntries(
    await Promise.all(
      items.map(async ({ id, latestRevision }) => [id, await original(store, id, latestRevision)] as const),
    ),
  );
}

function at(minute: number): Date {
  return new Date(Date.UTC(2026, 0, 1, 0, minute));
}

function turn(conversationId: string, number: number): Turn {
  const name = `${conversationId}_${number}`;
  const message = { text: name, createdAt: at(number), rewritten: null, answer: null };
  return {
    question: { ...message, id: `msg_${name}`, role: 'user' },
    answer: { ...message, id: `ans_${name}`, role: 'assistant' },
  };
}
