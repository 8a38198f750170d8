import { describe, expect, it } from 'vitest';
import { indexDocuments, type DocumentToIndex } from '../../../src/core/retrieval/index-documents.ts';
import { AppError } from '../../../src/errors/app-error.ts';
import type { Passage } from '../../../src/models/passage.ts';
import type { IndexedDocument } from '../../../src/ports/search-index.ts';
import { indexedDocument } from '../../support/passages.ts';

const texts = Array.from({ length: 100 }, (_, number) => `texto ${number}`);

/** Documents of a hundred passages each. */
function documents(count: number): DocumentToIndex[] {
  return Array.from({ length: count }, (_, number) => {
    const { passages, ...document } = indexedDocument({ id: `doc_${number}`, texts });
    return { ...document, passages: passages.map(({ passage }) => passage) };
  });
}

const analyze = async (passages: readonly Passage[]) => passages.map(({ id }) => ({ words: id, stems: id }));

describe('indexing many documents', () => {
  it('writes the first ones before the last ones are analysed, each whole and with its own terms', async () => {
    const steps: string[] = [];
    const analyzer = {
      analyze: (passages: readonly Passage[]) => {
        steps.push(`analyse ${passages.length}`);
        return analyze(passages);
      },
    };
    const index = {
      async replaceDocuments(written: readonly IndexedDocument[]) {
        steps.push(`write ${written.map(({ documentId }) => documentId).join(' ')}`);
        for (const { passages } of written) {
          expect(passages).toHaveLength(texts.length);
          expect(passages.every(({ passage, terms }) => terms.words === passage.id)).toBe(true);
        }
      },
    };
    await indexDocuments({ index, analyzer }, documents(5));
    expect(steps).toEqual([
      'analyse 200',
      'write doc_0 doc_1',
      'analyse 200',
      'write doc_2 doc_3',
      'analyse 100',
      'write doc_4',
    ]);
  });

  it('analyses while the index writes', async () => {
    const analysed: number[] = [];
    let endWriting: () => void = () => {};
    const writing = new Promise<void>((resolve) => (endWriting = resolve));
    const analyzer = {
      analyze: (passages: readonly Passage[]) => {
        analysed.push(passages.length);
        if (analysed.length === 2) endWriting();
        return analyze(passages);
      },
    };
    const index = { replaceDocuments: () => writing };
    await indexDocuments({ index, analyzer }, documents(3));
    expect(analysed).toEqual([200, 100]);
  });

  it('rejects with the failure of any write, and writes nothing after it', async () => {
    const written: number[] = [];
    const index = {
      async replaceDocuments(given: readonly unknown[]) {
        written.push(given.length);
        throw new AppError('disk_full');
      },
    };
    await expect(indexDocuments({ index, analyzer: { analyze } }, documents(5))).rejects.toMatchObject({
      code: 'disk_full',
    });
    expect(written).toEqual([2]);
  });
});
