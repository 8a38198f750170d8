import { writeFile } from 'node:fs/promises';
import SqliteDatabase from 'libsql';
import { describe, expect, it } from 'vitest';
import { openSqliteIndex } from '../../src/services/search/sqlite/open-sqlite-index.ts';
import { indexedDocument } from '../support/passages.ts';
import { found, near, dimensions, ids, unitVector } from '../support/search.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const document = indexedDocument({ id: 'a', texts: ['Prazo de entrega.', 'Garantia.'] });

describe('the file of the search index', () => {
  it('keeps passages and vectors over a restart', async () => {
    await using folder = await temporaryFolder();
    const path = folder.file('search.db');
    {
      await using index = await openSqliteIndex({ path });
      await index.replaceDocuments([document]);
      await index.putEmbeddings('small', [{ passageId: 'a:1:1', vector: unitVector(dimensions, 3) }]);
    }
    await using index = await openSqliteIndex({ path });
    expect(await found(index, 'prazo')).toEqual(['a:1:0']);
    expect(ids(await near(index, 3))).toEqual(['a:1:1']);
  });

  it('is replaced by an empty one when it is no database', async () => {
    await using folder = await temporaryFolder();
    const path = folder.file('search.db');
    await writeFile(path, 'this is not a database, and long enough to be taken for one'.repeat(100));
    await using index = await openSqliteIndex({ path });
    expect(await index.status()).toMatchObject({ documents: 0, passages: 0 });
    await index.replaceDocuments([document]);
    expect(await found(index, 'prazo')).toEqual(['a:1:0']);
  });

  it('is replaced by an empty one when another version made it', async () => {
    await using folder = await temporaryFolder();
    const path = folder.file('search.db');
    const other = new SqliteDatabase(path);
    other.exec('create table documents (other text); pragma user_version = 99');
    other.close();
    await using index = await openSqliteIndex({ path });
    await index.replaceDocuments([document]);
    expect(await found(index, 'prazo')).toEqual(['a:1:0']);
  });

  it('drops the vectors of a document that is replaced, also from memory', async () => {
    await using folder = await temporaryFolder();
    await using index = await openSqliteIndex({ path: folder.file('search.db') });
    const many = (revision: number) =>
      indexedDocument({
        id: 'many',
        revision,
        texts: Array.from({ length: 3_000 }, (_, number) => `Texto ${number}.`),
      });
    for (const revision of [1, 2, 3]) {
      await index.replaceDocuments([many(revision)]);
      await index.putEmbeddings(
        'small',
        Array.from({ length: 3_000 }, (_, number) => ({
          passageId: `many:${revision}:${number}`,
          vector: unitVector(dimensions, number % dimensions, (number % 7) / 20),
        })),
      );
      const hits = await near(index, 7);
      expect(hits).toHaveLength(3);
      expect(hits.every(({ passageId }) => passageId.startsWith(`many:${revision}:`))).toBe(true);
      expect(hits[0]!.score).toBeCloseTo(1, 5);
    }
    expect((await index.status()).embeddings).toEqual([{ model: 'small', dimensions, passages: 3_000 }]);
  });

  it('answers with storage_failed when the folder cannot be written', async () => {
    await using folder = await temporaryFolder();
    await expect(openSqliteIndex({ path: folder.file('no/such/folder/search.db') })).rejects.toMatchObject({
      code: 'storage_failed',
    });
  });
});
