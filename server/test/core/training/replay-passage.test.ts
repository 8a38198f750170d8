import { describe, expect, it } from 'vitest';
import { passagesOfDocuments } from '../../../src/core/training/replay/replay-passage.ts';
import { openDatabase } from '../../../src/db/sqlite/database.ts';
import { openSqliteDocumentStore } from '../../../src/db/sqlite/sqlite-document-store.ts';
import { everyone } from '../../../src/models/passage-filter.ts';
import type { DocumentStore } from '../../../src/ports/document-store.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

async function store(documents: DocumentStore, text: string, readers: readonly string[] = [everyone]): Promise<void> {
  const described = { collection: 'default', title: null, mediaType: 'text/plain', fileName: 'a.txt', metadata: {} };
  const { document } = await documents.accept({ ...described, readers, ownerId: 'usr_1' }, Buffer.from(text));
  await documents.saveText(document.id, 1, { title: null, text, sections: [], pages: [] });
  const ready = { title: text.slice(0, 6), passageCount: 1, pageCount: null, language: 'pt' } as const;
  await documents.finish({ id: document.id, revision: 1 }, { status: 'ready', ...ready });
}

describe('passages that are replayed', () => {
  it('are those of the documents that everybody may read', async () => {
    await using folder = await temporaryFolder();
    await using database = await openDatabase(folder.file('billumy.db'));
    const directory = folder.file('documents');
    await using documents = openSqliteDocumentStore({ database, directory, now: () => new Date() });
    await store(documents, 'Aberto: o frete custa R$ 20,00.');
    await store(documents, 'Sigilo: o salário é de R$ 90.000,00.', ['user:ana']);
    await store(documents, `Longo: ${'uma frase que se repete sempre igual. '.repeat(2_000)}`);
    const texts: string[] = [];
    for await (const { text } of passagesOfDocuments(documents)) texts.push(text);
    expect(texts.filter((text) => text.startsWith('Aberto'))).toEqual(['Aberto: o frete custa R$ 20,00.']);
    expect(texts.join()).not.toContain('Sigilo');
    expect(texts).toHaveLength(9);
  });
});
