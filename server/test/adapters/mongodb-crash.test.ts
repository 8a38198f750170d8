import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { MongoConnection } from '../../src/db/mongodb/connection.ts';
import { openMongoConversationStore } from '../../src/db/mongodb/conversations/mongo-conversation-store.ts';
import { openMongoDocumentStore } from '../../src/db/mongodb/documents/mongo-document-store.ts';
import { openMongoJobQueue } from '../../src/db/mongodb/mongo-job-queue.ts';
import type { Document } from '../../src/models/document.ts';
import type { DocumentStore } from '../../src/ports/document-store.ts';
import { describeOnMongo, mongoBackend } from '../support/mongo-backend.ts';
import { openMongoGate } from '../support/mongo-gate.ts';
import { countLeftovers, sweepADayLater } from '../support/mongo-leftovers.ts';

const child = fileURLToPath(new URL('../support/mongo-child.mjs', import.meta.url));
const lives = 10;
const now = (): Date => new Date();

/** What a worker says it did. */
interface Done {
  did: 'accept' | 'finish' | 'revise' | 'begin to delete' | 'delete' | 'append' | 'enqueue' | 'end';
  id: string;
  content?: string;
  turn?: string;
}

describeOnMongo(() => {
  it('keeps what two services were told is stored, and shows nothing half done, however often they are killed', async () => {
    await using backend = await mongoBackend((connection) => connection);
    const connection = await backend.open();
    const database = await connection.run(async ({ databaseName }) => databaseName);
    const log: Done[] = [];
    for (let life = 0; life < lives; life += 1) {
      const pair = ['a', 'b'].map((name, index) =>
        liveUntilKilled({ database, name: `${name}${life}`, commands: 20 + 37 * life + 11 * index }),
      );
      log.push(...(await Promise.all(pair)).flat());
    }
    expect(log.length).toBeGreaterThan(500);
    expect(await countLeftovers(connection)).toBeGreaterThan(0);

    await expectDocuments(connection, log);
    await expectConversations(connection, log);
    await expectJobs(connection, log);
    await sweepADayLater(connection);
    await expectDocuments(connection, log);
    await expectConversations(connection, log);
  }, 180_000);
});

/** Lets a worker work in a process of its own, which is killed while it waits for the reply to a command. */
async function liveUntilKilled(options: { database: string; name: string; commands: number }): Promise<Done[]> {
  await using gate = await openMongoGate();
  const worker = spawn(process.execPath, [child, gate.url, options.database, options.name], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  gate.arm({ commands: options.commands, closing: () => worker.kill('SIGKILL') });
  const exited = once(worker, 'exit');
  const log: Done[] = [];
  for await (const line of createInterface({ input: worker.stdout })) log.push(JSON.parse(line) as Done);
  expect(await exited).toEqual([null, 'SIGKILL']);
  expect(gate.commands).toHaveLength(options.commands);
  return log;
}

async function expectDocuments(connection: MongoConnection, log: readonly Done[]): Promise<void> {
  await using store = openMongoDocumentStore({ connection, now });
  const shown = await whole(store);
  const mayBeGone = new Set(idsOf(log, 'begin to delete'));
  for (const { did, id, content } of log) {
    if (content === undefined || mayBeGone.has(id)) continue;
    expect(shown.get(id)?.contents, `${did} ${content}`).toContain(content);
  }
  for (const id of idsOf(log, 'finish').filter((each) => !mayBeGone.has(each))) {
    expect(shown.get(id)?.document).toMatchObject({ revision: 1, title: 'Found' });
  }
  for (const id of idsOf(log, 'delete')) expect(shown.has(id)).toBe(false);
  const first = [...shown.values()].map(({ contents }) => contents[0]);
  expect(new Set(first).size, 'no two documents are the same').toBe(first.length);
}

/** Every document that is listed, with the bytes of each revision. */
async function whole(store: DocumentStore): Promise<Map<string, { document: Document; contents: string[] }>> {
  const documents = new Map<string, { document: Document; contents: string[] }>();
  let after: string | null = null;
  do {
    const everything = { filter: { collections: null, readers: null }, status: null };
    const page = await store.list(everything, { limit: 100, after });
    for (const document of page.items) {
      const contents = [];
      for (let revision = 1; revision <= document.latestRevision; revision += 1) {
        contents.push(Buffer.from(await (await store.findRevision(document.id, revision))!.original()).toString());
      }
      documents.set(document.id, { document, contents });
    }
    after = page.next;
  } while (after !== null);
  return documents;
}

async function expectConversations(connection: MongoConnection, log: readonly Done[]): Promise<void> {
  await using store = openMongoConversationStore({ connection, now });
  const { items } = await store.list({ ownerId: 'usr_1', endUser: null, keyId: null }, { limit: 100, after: null });
  const told = log.filter(({ did }) => did === 'append');
  for (const { id } of told) expect(items.map((item) => item.id)).toContain(id);
  for (const { id, updatedAt } of items) {
    const messages = await store.messages(id, 10_000);
    const turns = messages.filter(({ role }) => role === 'user').map((message) => message.text);
    expect(messages.map((message) => message.id)).toEqual(turns.flatMap((turn) => [`msg_${turn}`, `ans_${turn}`]));
    expect(new Set(turns).size).toBe(turns.length);
    expect(turns).toEqual(expect.arrayContaining(told.filter((done) => done.id === id).map(({ turn }) => turn)));
    expect(updatedAt.getTime()).toBe(Math.max(...messages.map(({ createdAt }) => createdAt.getTime())));
  }
}

async function expectJobs(connection: MongoConnection, log: readonly Done[]): Promise<void> {
  await using queue = openMongoJobQueue({ connection, now: () => new Date(Date.now() + 120_000) });
  const claimedAgain: string[] = [];
  for (let job = await queue.claim(['ingest'], 1000); job !== undefined; job = await queue.claim(['ingest'], 1000)) {
    claimedAgain.push(job.id);
    await queue.finish(job, { status: 'succeeded', result: {} });
  }
  expect(claimedAgain.length, 'jobs whose workers were killed').toBeGreaterThan(0);
  for (const id of [...idsOf(log, 'enqueue'), ...idsOf(log, 'end')]) {
    expect(await queue.find(id)).toMatchObject({ status: 'succeeded' });
  }
  const ended = new Set(idsOf(log, 'end'));
  expect(claimedAgain.filter((id) => ended.has(id))).toEqual([]);
}

function idsOf(log: readonly Done[], did: Done['did']): string[] {
  return log.filter((done) => done.did === did).map(({ id }) => id);
}
