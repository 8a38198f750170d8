import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openDatabase } from '../../src/db/sqlite/database.ts';
import { openSqliteDocumentStore } from '../../src/db/sqlite/sqlite-document-store.ts';
import { createClock } from '../support/sqlite-backend.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { eventually } from '../support/eventually.ts';

const draft = {
  collection: 'manuals',
  title: null,
  mediaType: 'text/plain',
  fileName: 'a.txt',
  metadata: {},
  readers: ['everyone'],
  ownerId: 'usr_1',
};
const parsed = { title: null, text: 'kept', sections: [], pages: [] };

it('removes what a crash left behind when the store is opened, and nothing else', async () => {
  await using folder = await temporaryFolder();
  await using database = await openDatabase(folder.file('billumy.db'));
  const { now, passTime } = createClock();
  const directory = folder.file('documents');
  const first = openSqliteDocumentStore({ database, directory, now });
  const { document } = await first.accept(draft, Buffer.from('kept'));
  await first.saveText(document.id, 1, parsed);
  await first[Symbol.asyncDispose]();
  const shelf = join(directory, document.id.slice(4, 6));
  const kept = await readdir(shelf);

  const ofNobody = document.id.replace(/.{4}$/, 'beef');
  const old = [
    `${ofNobody}.${'0'.repeat(64)}.original`,
    `${ofNobody}.1.text`,
    `${document.id}.2.text`,
    `${document.id}.${'1'.repeat(64)}.original.0123456789ab.unfinished`,
  ];
  const young = `${ofNobody}.2.text`;
  for (const name of [...old, young, 'note-of-an-operator.txt']) await writeFile(join(shelf, name), 'x');
  await mkdir(join(directory, 'lost+found'));
  const hourAgo = now();
  for (const name of [...old, ...kept]) await utimes(join(shelf, name), hourAgo, hourAgo);
  passTime(60 * 60 * 1000 + 1);
  await utimes(join(shelf, young), now(), now());

  await using second = openSqliteDocumentStore({ database, directory, now });
  await eventually(async () => expect(await readdir(shelf)).toHaveLength(kept.length + 2));
  expect((await readdir(shelf)).toSorted()).toEqual([...kept, young, 'note-of-an-operator.txt'].toSorted());
  const revision = await second.findRevision(document.id, 1);
  expect(await revision!.text()).toEqual(parsed);
  expect(Buffer.from(await revision!.original()).toString()).toBe('kept');
});

it('removes the files of a deleted document', async () => {
  await using folder = await temporaryFolder();
  await using database = await openDatabase(folder.file('billumy.db'));
  const directory = folder.file('documents');
  await using store = openSqliteDocumentStore({ database, directory, now: createClock().now });
  const { document } = await store.accept(draft, Buffer.from('gone'));
  await store.saveText(document.id, 1, parsed);
  await store.accept(draft, Buffer.from('gone too'), document.id);
  const shelf = join(directory, document.id.slice(4, 6));
  expect(await readdir(shelf)).toHaveLength(3);
  await store.delete(document.id);
  expect(await readdir(shelf)).toEqual([]);
});
