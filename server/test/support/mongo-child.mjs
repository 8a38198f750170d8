// Works on documents, conversations and jobs in MongoDB with the built program, several things at a time, until it is
// killed. Arguments: the URL, the database, and a name of its own. Prints one JSON line for each thing acknowledged.
import { writeSync } from 'node:fs';
import { openMongo } from '../../dist/db/mongodb/connection.js';
import { openMongoConversationStore } from '../../dist/db/mongodb/conversations/mongo-conversation-store.js';
import { openMongoDocumentStore } from '../../dist/db/mongodb/documents/mongo-document-store.js';
import { openMongoJobQueue } from '../../dist/db/mongodb/mongo-job-queue.js';

const [url, database, name] = process.argv.slice(2);
const now = () => new Date();
const connection = openMongo({ url, database });
const documents = openMongoDocumentStore({ connection, now });
const conversations = openMongoConversationStore({ connection, now });
const jobs = openMongoJobQueue({ connection, now });

const draft = {
  collection: 'manuals',
  title: null,
  mediaType: 'text/plain',
  fileName: null,
  metadata: {},
  readers: ['everyone'],
  ownerId: 'usr_1',
};
const ready = { status: 'ready', title: 'Found', passageCount: 1, pageCount: null, language: 'pt' };
// Synchronously, so that a line that was printed has left the process.
const say = (line) => writeSync(1, `${JSON.stringify(line)}\n`);

async function work(number) {
  const content = `${name} ${number}`;
  const { document } = await documents.accept(draft, Buffer.from(content));
  say({ did: 'accept', id: document.id, content });
  // Every worker comes with these.
  const shared = await documents.accept(draft, Buffer.from(`shared ${number}`));
  say({ did: 'accept', id: shared.document.id, content: `shared ${number}` });
  await documents.saveText(document.id, 1, { title: null, text: content, sections: [], pages: [] });
  await documents.finish({ id: document.id, revision: 1 }, ready);
  say({ did: 'finish', id: document.id });
  await documents.accept(draft, Buffer.from(`${content} again`), document.id);
  say({ did: 'revise', id: document.id, content: `${content} again` });
  if (number % 3 === 0) {
    say({ did: 'begin to delete', id: document.id });
    await documents.delete(document.id);
    say({ did: 'delete', id: document.id });
  }
}

function turn(id) {
  const message = { text: id, createdAt: now(), rewritten: null, answer: null };
  return {
    question: { ...message, id: `msg_${id}`, role: 'user' },
    answer: { ...message, id: `ans_${id}`, role: 'assistant' },
  };
}

async function talk() {
  const id = `con_${name}`;
  const first = turn(`${name}_0`);
  const { createdAt } = first.answer;
  await conversations.create(
    { id, ownerId: 'usr_1', endUser: null, title: name, createdAt, updatedAt: createdAt },
    first,
  );
  say({ did: 'append', id, turn: `${name}_0` });
  for (let number = 1; ; number += 2) {
    await Promise.all(
      [number, number + 1].map(async (each) => {
        await conversations.appendTurn(id, turn(`${name}_${each}`));
        say({ did: 'append', id, turn: `${name}_${each}` });
      }),
    );
  }
}

async function labour() {
  for (;;) {
    const { id } = await jobs.enqueue({ kind: 'ingest', ownerId: 'usr_1', payload: {}, total: 1 });
    say({ did: 'enqueue', id });
    const job = await jobs.claim(['ingest'], 60_000);
    if (job === undefined) continue;
    await jobs.finish(job, { status: 'succeeded', result: {} });
    say({ did: 'end', id: job.id });
  }
}

async function store() {
  for (let number = 0; ; number += 1) await work(number);
}

await Promise.all([store(), talk(), labour()]);
