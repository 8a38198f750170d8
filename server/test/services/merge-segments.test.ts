import { beforeEach, describe, expect, it } from 'vitest';
import type SqliteDatabase from 'libsql';
import { createLexicalSearch } from '../../src/services/search/sqlite/lexical-search.ts';
import { createMergeStep } from '../../src/services/search/sqlite/merge-segments.ts';
import { openIndexWriter } from '../../src/services/search/sqlite/schema.ts';
import { prepareOnce, type Statements } from '../../src/services/search/sqlite/statements.ts';
import { createDocumentWriter, type DocumentWriter } from '../../src/services/search/sqlite/write-documents.ts';
import { indexedDocument } from '../support/passages.ts';
import { all } from '../support/search.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = await temporaryFolder();
let files = 0;
let database: SqliteDatabase.Database;
let statements: Statements;
let writer: DocumentWriter;
let step: () => boolean;

beforeEach(() => {
  database = openIndexWriter(folder.file(`merged-${++files}.db`));
  statements = prepareOnce(database);
  writer = createDocumentWriter(database, statements);
  step = createMergeStep(database, statements);
  return () => database.close();
});

const segments = (): number => statements.rows<[number]>('select count(distinct segid) from terms_idx')[0]![0];

const hits = () =>
  createLexicalSearch(database, statements)({ words: ['prazo'], stems: ['praz'], filter: all, limit: 100 }).hits;

function write(from: number, to: number): void {
  for (let number = from; number < to; number += 1) {
    writer.replaceDocuments([indexedDocument({ id: `d${number}`, texts: [`Prazo ${number}.`, 'Garantia.'] })]);
  }
}

describe('merging the segments of the word index', () => {
  it('leaves one segment, with the same hits', () => {
    write(0, 30);
    writer.deleteDocument('d7');
    const before = hits();
    expect(before).toHaveLength(29);
    expect(segments()).toBeGreaterThan(1);
    for (let steps = 0; step(); steps += 1) expect(steps).toBeLessThan(1000);
    expect(segments()).toBe(1);
    expect(hits()).toEqual(before);
    expect(step()).toBe(false);
  });

  it('lets writes in between its steps', () => {
    write(0, 30);
    expect(step()).toBe(true);
    write(30, 60);
    while (step()) write(0, 1);
    expect(hits()).toHaveLength(60);
  });

  it('leaves small segments alone beside a large one', () => {
    write(0, 1);
    writer.replaceDocuments([
      indexedDocument({
        id: 'large',
        texts: Array.from({ length: 3000 }, (_, number) => `Item ${number} x${number}.`),
      }),
    ]);
    while (step());
    write(1, 2);
    expect(segments()).toBeGreaterThan(1);
    expect(step()).toBe(false);
  });
});
