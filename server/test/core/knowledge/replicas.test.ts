import { expect, it } from 'vitest';
import { createKnowledge } from '../../../src/core/knowledge/knowledge.ts';
import type { SearchIndex } from '../../../src/ports/search-index.ts';
import {
  findPassages,
  openKnowledgeParts,
  principal,
  startIngestion,
  upload,
  waiting,
} from '../../support/knowledge.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { eventually } from '../../support/eventually.ts';

const ana = principal();
const notAtAll = waiting(0);

/** The index, with something that another service does just before the next documents are put into it. */
function interrupted(index: SearchIndex, work: () => Promise<void>): SearchIndex {
  let next: (() => Promise<void>) | null = work;
  return {
    ...index,
    async replaceDocuments(documents) {
      const interruption = next;
      next = null;
      await interruption?.();
      await index.replaceDocuments(documents);
    },
  };
}

it('a document that another service deletes while this one indexes it is not found any more', async () => {
  await using folder = await temporaryFolder();
  await using parts = await openKnowledgeParts(folder.path);
  const elsewhere = createKnowledge(parts);
  const { document } = await elsewhere.add(ana, upload('jabuticaba'), notAtAll);
  const index = interrupted(parts.index, () => elsewhere.delete(ana, document.id));
  await using ingestion = startIngestion({ ...parts, index });
  await eventually(async () => {
    const { items } = await parts.jobs.list(
      { kinds: ['ingest'], state: 'live', ownerId: null },
      { limit: 1, after: null },
    );
    expect(items).toEqual([]);
  });
  expect(await parts.documents.find(document.id)).toBeUndefined();
  expect(await findPassages(parts.index, 'jabuticaba')).toEqual([]);
  expect(ingestion.knowledge).toBeDefined();
});

it('a document that another service puts back while this one deletes it is not found any more', async () => {
  await using folder = await temporaryFolder();
  await using parts = await openKnowledgeParts(folder.path);
  await using ingestion = startIngestion(parts);
  const { document } = await ingestion.knowledge.add(ana, upload('jabuticaba'), waiting());
  const [passage] = await findPassages(parts.index, 'jabuticaba');
  const documents = {
    ...parts.documents,
    async delete(id: string) {
      const terms = { words: 'jabuticaba', stems: 'jabuticab' };
      const { collection, readers } = document;
      const passages = [{ passage: passage!, terms }];
      await parts.index.replaceDocuments([{ documentId: id, revision: 1, collection, readers, passages }]);
      await parts.documents.delete(id);
    },
  };
  await createKnowledge({ ...parts, documents }).delete(ana, document.id);
  expect(await findPassages(parts.index, 'jabuticaba')).toEqual([]);
});

it('a revision whose reading another service cancels meanwhile leaves the one before it in force', async () => {
  await using folder = await temporaryFolder();
  await using parts = await openKnowledgeParts(folder.path);
  const elsewhere = createKnowledge(parts);
  let id: string;
  {
    await using ingestion = startIngestion(parts);
    id = (await ingestion.knowledge.add(ana, upload('antes: pitanga'), waiting())).document.id;
  }
  const { job } = await elsewhere.replace(ana, { id, upload: upload('depois: carambola') }, notAtAll);
  const index = interrupted(
    parts.index,
    async () => void (await elsewhere.cancelIngestion((await parts.jobs.find(job!.id))!)),
  );
  await using ingestion = startIngestion({ ...parts, index });
  await eventually(async () => expect(await parts.documents.find(id)).toMatchObject({ status: 'failed' }));
  await eventually(async () => expect(await findPassages(parts.index, 'pitanga')).toHaveLength(1));
  expect(await findPassages(parts.index, 'carambola')).toEqual([]);
  expect(ingestion.knowledge).toBeDefined();
});

it('what another service may be uploading right now is not taken for forgotten; what is old is', async () => {
  await using folder = await temporaryFolder();
  await using parts = await openKnowledgeParts(folder.path);
  const draft = { collection: 'cut', title: null, mediaType: 'text/plain', fileName: 'a.txt', metadata: {} };
  const content = new TextEncoder().encode('Orphaned words.');
  const { document } = await parts.documents.accept({ ...draft, readers: ['everyone'], ownerId: 'usr_ana' }, content);
  const live = { kinds: ['ingest'], state: 'live', ownerId: null } as const;
  {
    await using ingestion = startIngestion({ ...parts, isShared: true });
    // Its own work is done by then: whoever adopts does it before.
    await ingestion.knowledge.add(ana, upload('Another.'), waiting());
    expect(await parts.documents.find(document.id)).toMatchObject({ status: 'processing' });
    expect((await parts.jobs.list(live, { limit: 9, after: null })).items).toEqual([]);
  }
  await using ingestion = startIngestion({ ...parts, isShared: true, now: () => new Date(Date.now() + 6 * 60_000) });
  await eventually(async () => expect(await parts.documents.find(document.id)).toMatchObject({ status: 'ready' }));
  expect(ingestion.knowledge).toBeDefined();
});
