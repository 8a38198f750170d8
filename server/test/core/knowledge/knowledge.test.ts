import { describe, expect, it } from 'vitest';
import type { DocumentUpload } from '../../../src/core/knowledge/adding/upload.ts';
import {
  findPassages,
  openKnowledgeParts,
  principal,
  searchPassages,
  startIngestion,
  upload,
  waiting,
} from '../../support/knowledge.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { eventually } from '../../support/eventually.ts';

const ana = principal();
const admin = principal({ userId: 'usr_admin', username: 'root', role: 'admin' });
const bia = principal({ userId: 'usr_bia', username: 'bia', groups: ['legal'] });
const firstPage = { limit: 100, after: null };

async function* each(uploads: readonly DocumentUpload[]): AsyncGenerator<DocumentUpload> {
  yield* uploads;
}

describe('knowledge', () => {
  it('makes a document that queries find', async () => {
    await using folder = await temporaryFolder();
    await using parts = await openKnowledgeParts(folder.path);
    await using ingestion = startIngestion(parts);
    const { knowledge } = ingestion;
    const text = 'O prazo de entrega para Manaus é de 12 dias úteis.';
    const added = await knowledge.add(ana, upload(text, { fileName: 'prazos.txt' }), waiting());
    expect(added).toMatchObject({ isNew: true, job: { status: 'succeeded', result: { ready: 1, failed: 0 } } });
    expect(added.document).toMatchObject({
      title: 'prazos',
      status: 'ready',
      revision: 1,
      passageCount: 1,
      language: 'pt',
      collection: 'default',
      readers: ['everyone'],
    });
    const [passage] = await findPassages(parts.index, 'entrega em Manaus');
    expect(passage).toMatchObject({ documentId: added.document.id, revision: 1, title: 'prazos', text });
    expect(await knowledge.content(ana, { id: added.document.id })).toMatchObject({ revision: 1, text });
    const original = await knowledge.original(ana, { id: added.document.id });
    expect(original).toMatchObject({ mediaType: 'text/plain', fileName: 'prazos.txt' });
    expect(Buffer.from(original.bytes).toString()).toBe(text);
  });

  it('makes one document of twenty uploads of the same bytes at once', async () => {
    await using folder = await temporaryFolder();
    await using parts = await openKnowledgeParts(folder.path);
    await using ingestion = startIngestion(parts);
    const added = await Promise.all(
      Array.from({ length: 20 }, () => ingestion.knowledge.add(ana, upload('The same bytes for all.'), waiting())),
    );
    expect(new Set(added.map(({ document }) => document.id)).size).toBe(1);
    expect(added.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(added.every(({ document }) => document.status === 'ready')).toBe(true);
    expect(await findPassages(parts.index, 'same bytes')).toHaveLength(1);
    expect((await ingestion.knowledge.list(ana, {}, firstPage)).items).toHaveLength(1);
  });

  it('refuses a file that cannot be read, and keeps nothing of it', async () => {
    await using folder = await temporaryFolder();
    await using parts = await openKnowledgeParts(folder.path);
    await using ingestion = startIngestion(parts);
    const { knowledge } = ingestion;
    const refused = await Promise.allSettled(
      Array.from({ length: 5 }, () => knowledge.add(ana, upload('BROKEN'), waiting())),
    );
    for (const result of refused) {
      expect(result).toMatchObject({ reason: { code: 'document_broken', detail: 'The file is torn.' } });
    }
    await expect(knowledge.add(ana, upload(''), waiting())).rejects.toMatchObject({ code: 'document_empty' });
    await expect(knowledge.add(ana, upload(' \n '), waiting())).rejects.toMatchObject({ code: 'document_empty' });
    const picture = upload('\u0089PNG\0', { declared: 'image/png', fileName: 'a.png' });
    await expect(knowledge.add(ana, picture, waiting())).rejects.toMatchObject({ code: 'unsupported_document' });
    expect((await knowledge.list(admin, {}, firstPage)).items).toEqual([]);
  });

  it('says on the document why it failed when nobody waited', async () => {
    await using folder = await temporaryFolder();
    await using parts = await openKnowledgeParts(folder.path);
    await using ingestion = startIngestion(parts);
    const { knowledge } = ingestion;
    const mixed = [
      upload('A good one.'),
      upload('BROKEN one'),
      upload('x', { declared: 'image/png', fileName: 'x.png' }),
    ];
    const added = await knowledge.addMany(ana, each(mixed), waiting());
    expect(added.rejected).toEqual([
      { fileName: 'x.png', code: 'unsupported_document', detail: { template: expect.any(String), values: [] } },
    ]);
    expect(added.documents.map(({ status, error }) => [status, error?.code])).toEqual([
      ['ready', undefined],
      ['failed', 'document_broken'],
    ]);
    const broken = added.documents[1]!.id;
    expect(added.job).toMatchObject({
      status: 'succeeded',
      progress: { done: 2, total: 2 },
      result: { ready: 1, failed: 1, failures: [{ document: broken, code: 'document_broken' }] },
    });
    // The same bytes once more ask to try again.
    await expect(knowledge.add(ana, upload('BROKEN one'), waiting())).rejects.toMatchObject({
      code: 'document_broken',
    });
    expect(await knowledge.get(ana, broken)).toMatchObject({ status: 'failed', latestRevision: 2 });
  });

  it('takes back what a failed upload stored', async () => {
    await using folder = await temporaryFolder();
    await using parts = await openKnowledgeParts(folder.path);
    await using ingestion = startIngestion({ ...parts, maxFileBytes: 100 });
    const { knowledge } = ingestion;
    const tooLarge = each([upload('one'), upload('two'), upload('3'.repeat(101))]);
    await expect(knowledge.addMany(ana, tooLarge, waiting())).rejects.toMatchObject({ code: 'body_too_large' });
    await expect(knowledge.addMany(ana, each([]), waiting())).rejects.toMatchObject({ code: 'invalid_request' });
    const cut = (async function* () {
      yield upload('four');
      throw new Error('the client left');
    })();
    await expect(knowledge.addMany(ana, cut, waiting())).rejects.toThrow('the client left');
    expect((await knowledge.list(admin, {}, firstPage)).items).toEqual([]);
  });

  it('keeps the revision in force when the next one cannot be read', async () => {
    await using folder = await temporaryFolder();
    await using parts = await openKnowledgeParts(folder.path);
    await using ingestion = startIngestion(parts);
    const { knowledge } = ingestion;
    const { document } = await knowledge.add(ana, upload('The warranty lasts two years.'), waiting());
    const change = { id: document.id, upload: upload('BROKEN warranty') };
    await expect(knowledge.replace(ana, change, waiting())).rejects.toMatchObject({
      code: 'document_broken',
      detail: 'The file is torn. The revision before it stays in force.',
    });
    expect(await knowledge.get(ana, document.id)).toMatchObject({
      status: 'failed',
      revision: 1,
      latestRevision: 2,
      error: { code: 'document_broken' },
    });
    expect(await findPassages(parts.index, 'warranty')).toMatchObject([{ revision: 1 }]);
    await expect(knowledge.content(ana, { id: document.id, revision: 2 })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('shows exactly one revision to every query while it is replaced two hundred times', async () => {
    await using folder = await temporaryFolder();
    await using parts = await openKnowledgeParts(folder.path);
    await using ingestion = startIngestion(parts);
    const { knowledge } = ingestion;
    // Three passages, all of which name the revision.
    const text = (revision: number): string =>
      Array.from({ length: 3 }, (_, part) => `Part ${part} tariff r${revision}. ${'word '.repeat(150)}`).join('\n\n');
    const { document } = await knowledge.add(ana, upload(text(1)), waiting());
    const replaced = new AbortController();
    const seen = new Set<string>();
    const query = async (): Promise<void> => {
      while (!replaced.signal.aborted) {
        const passages = await searchPassages(parts.index, 'tariff');
        seen.add(`${new Set(passages.map(({ revision }) => revision)).size} revision of ${passages.length} passages`);
        for (const { revision, text: found } of passages) if (!found.includes(`r${revision}.`)) seen.add('mixed');
      }
    };
    const queries = [query(), query()];
    for (let revision = 2; revision <= 201; revision += 1) {
      await knowledge.replace(ana, { id: document.id, upload: upload(text(revision)) }, waiting(0));
    }
    await eventually(async () =>
      expect(await knowledge.get(ana, document.id)).toMatchObject({ revision: 201, status: 'ready' }),
    );
    replaced.abort();
    await Promise.all(queries);
    expect([...seen]).toEqual(['1 revision of 3 passages']);
    expect(await findPassages(parts.index, 'tariff')).toMatchObject([201, 201, 201].map((revision) => ({ revision })));
  });

  it('deletes a document from every query, also while it is being read', async () => {
    await using folder = await temporaryFolder();
    await using parts = await openKnowledgeParts(folder.path);
    await using ingestion = startIngestion(parts);
    const { knowledge } = ingestion;
    for (let round = 0; round < 20; round += 1) {
      const { document } = await knowledge.add(ana, upload(`Ephemeral note ${round}`), waiting(0));
      await knowledge.delete(ana, document.id);
      expect(await findPassages(parts.index, 'ephemeral')).toEqual([]);
      await expect(knowledge.get(ana, document.id)).rejects.toMatchObject({ code: 'not_found' });
    }
    const { document } = await knowledge.add(ana, upload('The last one is read.'), waiting());
    expect(await findPassages(parts.index, 'ephemeral')).toEqual([]);
    await knowledge.delete(ana, document.id);
    expect(await parts.index.status()).toMatchObject({ documents: 0, passages: 0 });
  });

  it('lets only those see a document who are among its readers', async () => {
    await using folder = await temporaryFolder();
    await using parts = await openKnowledgeParts(folder.path);
    await using ingestion = startIngestion(parts);
    const { knowledge } = ingestion;
    const carol = principal({ userId: 'usr_carol', username: 'carol' });
    const legal = upload('For the lawyers.', { readers: { users: [], groups: ['legal'] } });
    const { document } = await knowledge.add(ana, legal, waiting());
    expect(document.readers).toEqual(['group:legal', 'user:ana']);
    for (const reader of [ana, bia, admin]) {
      expect(await knowledge.get(reader, document.id)).toMatchObject({ id: document.id });
      expect((await knowledge.list(reader, {}, firstPage)).items).toHaveLength(1);
      expect((await knowledge.collections(reader, firstPage)).items).toEqual([{ name: 'default', documents: 1 }]);
    }
    const notFound = { code: 'not_found' };
    await expect(knowledge.get(carol, document.id)).rejects.toMatchObject(notFound);
    await expect(knowledge.content(carol, { id: document.id })).rejects.toMatchObject(notFound);
    await expect(knowledge.original(carol, { id: document.id })).rejects.toMatchObject(notFound);
    await expect(knowledge.delete(carol, document.id)).rejects.toMatchObject(notFound);
    expect((await knowledge.list(carol, {}, firstPage)).items).toEqual([]);
    expect((await knowledge.collections(carol, firstPage)).items).toEqual([]);
    // Who may read it may not change it.
    await expect(knowledge.delete(bia, document.id)).rejects.toMatchObject({ code: 'forbidden' });
    const change = { id: document.id, upload: upload('Other text.') };
    await expect(knowledge.replace(bia, change, waiting())).rejects.toMatchObject({ code: 'forbidden' });
    await knowledge.delete(admin, document.id);
  });

  it('keeps an old revision from those who could not see it when it was in force', async () => {
    await using folder = await temporaryFolder();
    await using parts = await openKnowledgeParts(folder.path);
    await using ingestion = startIngestion(parts);
    const { knowledge } = ingestion;
    const secret = upload('The secret draft.', { readers: { users: [], groups: [] } });
    const { document } = await knowledge.add(ana, secret, waiting());
    await knowledge.replace(ana, { id: document.id, upload: upload('Published.', { readers: null }) }, waiting());
    expect(await knowledge.content(bia, { id: document.id })).toMatchObject({ text: 'Published.' });
    await expect(knowledge.content(bia, { id: document.id, revision: 1 })).rejects.toMatchObject({ code: 'not_found' });
    expect(await knowledge.content(ana, { id: document.id, revision: 1 })).toMatchObject({ text: 'The secret draft.' });
  });

  it('keeps what a replacement does not mention', async () => {
    await using folder = await temporaryFolder();
    await using parts = await openKnowledgeParts(folder.path);
    await using ingestion = startIngestion(parts);
    const { knowledge } = ingestion;
    const first = upload('One.', {
      title: 'Rules',
      fileName: null,
      collection: 'manuals',
      metadata: { year: 2025 },
      readers: {
        users: ['bia'],
        groups: [],
      },
    });
    const { document } = await knowledge.add(ana, first, waiting());
    const change = { id: document.id, upload: upload('Two.', { fileName: null }) };
    expect((await knowledge.replace(ana, change, waiting())).document).toMatchObject({
      revision: 2,
      title: 'Rules',
      collection: 'manuals',
      metadata: { year: 2025 },
      readers: ['user:ana', 'user:bia'],
    });
  });

  it('confines a key to its collections', async () => {
    await using folder = await temporaryFolder();
    await using parts = await openKnowledgeParts(folder.path);
    await using ingestion = startIngestion(parts);
    const { knowledge } = ingestion;
    const key = principal({ keyId: 'key_1', collections: ['manuals'] });
    const { document } = await knowledge.add(ana, upload('A letter.', { collection: 'letters' }), waiting());
    await expect(knowledge.get(key, document.id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(knowledge.list(key, { collection: 'letters' }, firstPage)).rejects.toMatchObject({
      code: 'forbidden',
    });
    const elsewhere = upload('B', { collection: 'letters' });
    await expect(knowledge.add(key, elsewhere, waiting())).rejects.toMatchObject({ code: 'forbidden' });
    expect((await knowledge.add(key, upload('A manual.'), waiting())).document).toMatchObject({
      collection: 'manuals',
    });
    const moved = { id: (await knowledge.list(key, {}, firstPage)).items[0]!.id, upload: elsewhere };
    await expect(knowledge.replace(key, moved, waiting())).rejects.toMatchObject({ code: 'forbidden' });
  });
});
