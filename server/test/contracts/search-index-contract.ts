import { expect } from 'vitest';
import { analyzeQuestion } from '../../src/core/retrieval/text-analysis.ts';
import { everyone, type PassageFilter } from '../../src/models/passage-filter.ts';
import type { SearchIndex } from '../../src/ports/search-index.ts';
import { defineContract, type Deviation } from '../support/define-contract.ts';
import { indexedDocument } from '../support/passages.ts';
import { all, dimensions, found, ids, lexical, near, unitVector } from '../support/search.ts';

export interface SearchIndexHarness {
  open(): Promise<SearchIndex>;
  /** Two handles of one index, as two processes have them. */
  openPair(): Promise<readonly [SearchIndex, SearchIndex]>;
  deviations?: readonly Deviation[];
}

export const searchIndexContract = defineContract<SearchIndexHarness>(
  'search index',
  (contract, { open, openPair }) => {
    contract('finds a passage by a word of it, in another form and without accents', async () => {
      await using index = await open();
      await index.replaceDocuments([
        indexedDocument({ id: 'a', texts: ['As solicitações de férias são feitas com 30 dias.', 'O café é grátis.'] }),
      ]);
      expect(await found(index, 'solicitação de férias')).toEqual(['a:1:0']);
      expect(await found(index, 'solicitacao de ferias')).toEqual(['a:1:0']);
      expect(await found(index, 'cafe')).toEqual(['a:1:1']);
    });

    contract('ranks the passage with more and rarer terms of the question first', async () => {
      await using index = await open();
      await index.replaceDocuments([
        indexedDocument({
          id: 'a',
          texts: ['Prazo de pagamento.', 'Prazo de entrega.', 'Prazo de entrega para Manaus.', 'Prazo da garantia.'],
        }),
      ]);
      const { hits } = await lexical(index, 'prazo de entrega para Manaus');
      expect(ids(hits).slice(0, 2)).toEqual(['a:1:2', 'a:1:1']);
      expect(hits.map((hit) => hit.score)).toEqual(hits.map((hit) => hit.score).toSorted((a, b) => b - a));
      expect(hits[0]!.score).toBeGreaterThan(0);
    });

    contract('counts the passages that hold each stem', async () => {
      await using index = await open();
      await index.replaceDocuments([
        indexedDocument({ id: 'a', texts: ['Entrega em Manaus.', 'Entregas em Recife.', 'Garantia.'] }),
      ]);
      const result = await lexical(index, 'Qual é a entrega em Manaus e qual é a do navio?');
      const { stems } = analyzeQuestion('Qual é a entrega em Manaus e qual é a do navio?');
      expect(Object.fromEntries(stems.map((stem, position) => [stem, result.stemFrequencies[position]]))).toEqual({
        entreg: 2,
        manaus: 1,
        navi: 0,
      });
      expect(result.passages).toBe(3);
    });

    contract('gives no hit without a term, and takes any token literally', async () => {
      await using index = await open();
      await index.replaceDocuments([indexedDocument({ id: 'a', texts: ['Prazo de entrega.'] })]);
      expect((await index.lexical({ words: [], stems: [], filter: all, limit: 10 })).hits).toEqual([]);
      const hostile = ['" OR words : "prazo', 'prazo* NEAR(', "'; drop table terms; --", 'AND', '^', '\u0000'];
      expect((await index.lexical({ words: hostile, stems: hostile, filter: all, limit: 10 })).hits).toEqual([]);
    });

    contract('replaces a document as a whole and ignores an older revision', async () => {
      await using index = await open();
      await index.replaceDocuments([indexedDocument({ id: 'a', texts: ['Prazo antigo.', 'Garantia antiga.'] })]);
      await index.replaceDocuments([indexedDocument({ id: 'a', revision: 3, texts: ['Prazo novo.'] })]);
      await index.replaceDocuments([indexedDocument({ id: 'a', revision: 2, texts: ['Prazo atrasado.'] })]);
      expect(await found(index, 'prazo')).toEqual(['a:3:0']);
      expect(await found(index, 'garantia')).toEqual([]);
      expect(await index.passages(['a:1:0', 'a:3:0'], all)).toMatchObject([{ id: 'a:3:0', text: 'Prazo novo.' }]);
    });

    contract('takes many documents at once, the last of one id counting', async () => {
      await using index = await open();
      await index.replaceDocuments([
        indexedDocument({ id: 'a', texts: ['Primeiro.'] }),
        indexedDocument({ id: 'b', texts: ['Segundo.', 'Terceiro.'] }),
        indexedDocument({ id: 'a', texts: ['Quarto.'] }),
      ]);
      expect(await found(index, 'primeiro segundo terceiro quarto')).toHaveLength(3);
      expect(await found(index, 'primeiro')).toEqual([]);
      expect(await index.status()).toMatchObject({ documents: 2, passages: 3 });
    });

    contract('forgets a deleted document, and one that is not there', async () => {
      await using index = await open();
      await index.replaceDocuments([
        indexedDocument({ id: 'a', texts: ['Prazo.'] }),
        indexedDocument({ id: 'b', texts: ['Prazo.'] }),
      ]);
      await index.putEmbeddings('small', [{ passageId: 'a:1:0', vector: unitVector(dimensions, 0) }]);
      await index.deleteDocument('a');
      await index.deleteDocument('never was');
      expect(await found(index, 'prazo')).toEqual(['b:1:0']);
      expect(await near(index, 0)).toEqual([]);
      expect(await index.passages(['a:1:0'], all)).toEqual([]);
      expect(await index.status()).toMatchObject({ documents: 1, passages: 1 });
    });

    contract('gives passages back as they came, in the order of the ids', async () => {
      await using index = await open();
      const document = indexedDocument({
        id: 'doc_1:x',
        revision: 7,
        title: 'Política “interna”',
        section: ['Férias', 'Prazos'],
        texts: ['Um 😀 texto.', 'Another text.'],
        language: 'en',
      });
      const passages = document.passages.map(({ passage }, position) => ({
        ...passage,
        page: position + 4,
        pageBreaks: position === 0 ? [] : [{ start: passage.start + 1, number: 9 }],
      }));
      await index.replaceDocuments([
        { ...document, passages: document.passages.map(({ terms }, at) => ({ terms, passage: passages[at]! })) },
      ]);
      const asked = ['doc_1:x:7:1', 'nonsense', '', 'doc_1:x:7:2', 'doc_1:x:7:0'];
      expect(await index.passages(asked, all)).toEqual([passages[1], passages[0]]);
    });

    contract('applies collections and readers inside the lexical leg, the dense leg and passages', async () => {
      await using index = await open();
      const documents = [
        { id: 'open', collection: 'policies', readers: [everyone] },
        { id: 'other', collection: 'contracts', readers: [everyone] },
        { id: 'board', collection: 'policies', readers: ['group:board', 'user:ana'] },
        { id: 'odd', collection: 'policies', readers: ['user:ana" OR "x'] },
      ];
      await index.replaceDocuments(documents.map((each) => indexedDocument({ ...each, texts: ['Prazo de entrega.'] })));
      await index.putEmbeddings(
        'small',
        documents.map(({ id }) => ({ passageId: `${id}:1:0`, vector: unitVector(dimensions, 0) })),
      );
      const cases: [PassageFilter, string[]][] = [
        [all, ['board', 'odd', 'open', 'other']],
        [{ collections: ['policies'], readers: null }, ['board', 'odd', 'open']],
        [{ collections: null, readers: [everyone] }, ['open', 'other']],
        [{ collections: ['policies'], readers: [everyone] }, ['open']],
        [{ collections: ['contracts', 'policies'], readers: ['user:ana'] }, ['board']],
        [{ collections: null, readers: ['user:ana" OR "x'] }, ['odd']],
        [{ collections: ['policies'], readers: ['user:an', 'group:Board'] }, []],
        [{ collections: [], readers: null }, []],
        [{ collections: null, readers: [] }, []],
      ];
      const everyId = documents.map(({ id }) => `${id}:1:0`);
      for (const [filter, expected] of cases) {
        const wanted = expected.map((id) => `${id}:1:0`);
        expect((await found(index, 'prazo', filter)).toSorted()).toEqual(wanted);
        expect(
          ids(await index.nearest({ model: 'small', vector: unitVector(dimensions, 0), filter, limit: 10 })).toSorted(),
        ).toEqual(wanted);
        expect((await index.passages(everyId, filter)).map(({ id }) => id).toSorted()).toEqual(wanted);
      }
    });

    contract('fills the limit from permitted passages, however many better ones are not', async () => {
      await using index = await open();
      const hidden = Array.from({ length: 80 }, (_, number) =>
        indexedDocument({ id: `hidden${number}`, readers: ['group:board'], texts: ['Prazo prazo prazo.'] }),
      );
      const shown = indexedDocument({ id: 'shown', texts: ['O prazo é longo e depende de muitas outras coisas.'] });
      await index.replaceDocuments([...hidden, shown]);
      await index.putEmbeddings('small', [
        ...hidden.map(({ documentId }) => ({ passageId: `${documentId}:1:0`, vector: unitVector(dimensions, 0) })),
        { passageId: 'shown:1:0', vector: unitVector(dimensions, 0, 0.9) },
      ]);
      const filter = { collections: null, readers: [everyone] };
      expect(await found(index, 'prazo', filter)).toEqual(['shown:1:0']);
      expect(ids(await near(index, 0, filter))).toEqual(['shown:1:0']);
    });

    contract('permits exactly the right ones among many different lists of readers', async () => {
      await using index = await open();
      const readersOf = (number: number): string[] => [`user:u${number}`, number % 3 === 0 ? 'group:a' : 'group:b'];
      await index.replaceDocuments(
        Array.from({ length: 90 }, (_, number) =>
          indexedDocument({
            id: `d${number}`,
            collection: number % 2 === 0 ? 'policies' : 'contracts',
            readers: readersOf(number),
            texts: ['Prazo.'],
          }),
        ),
      );
      const filter = { collections: ['policies'], readers: ['group:b', 'user:u6', 'user:u9'] };
      const { hits } = await lexical(index, 'prazo', { filter, limit: 100 });
      const expected = Array.from({ length: 90 }, (_, number) => number).filter(
        (number) => number % 2 === 0 && (number % 3 !== 0 || number === 6),
      );
      expect(ids(hits).toSorted()).toEqual(expected.map((number) => `d${number}:1:0`).toSorted());
    });

    contract('finds the rare word among thousands with a frequent one, and still fills the limit', async () => {
      await using index = await open();
      const texts = Array.from({ length: 5_000 }, (_, number) =>
        number === 4_321 ? 'Prazo da zebra.' : 'Prazo geral.',
      );
      await index.replaceDocuments([indexedDocument({ id: 'a', texts })]);
      const { hits } = await lexical(index, 'prazo da zebra', { limit: 20 });
      expect(hits[0]?.passageId).toBe('a:1:4321');
      expect(hits).toHaveLength(20);
    });

    contract('the revision of the index changes with what queries can see', async () => {
      await using index = await open();
      const revisions = [(await index.status()).revision];
      const noteRevision = async (): Promise<void> => void revisions.push((await index.status()).revision);
      await index.replaceDocuments([indexedDocument({ id: 'a', texts: ['Um.'] })]);
      await noteRevision();
      await index.putEmbeddings('small', [{ passageId: 'a:1:0', vector: unitVector(dimensions, 0) }]);
      await noteRevision();
      await index.deleteDocument('a');
      await noteRevision();
      expect(new Set(revisions).size).toBe(4);
      await lexical(index, 'um');
      expect((await index.status()).revision).toBe(revisions[3]);
    });

    contract('two handles see each other’s changes at once', async () => {
      const pair = await openPair();
      await using first = pair[0];
      await using second = pair[1];
      await first.replaceDocuments([indexedDocument({ id: 'a', texts: ['Prazo.', 'Garantia.'] })]);
      await first.putEmbeddings('small', [{ passageId: 'a:1:0', vector: unitVector(dimensions, 0) }]);
      expect(await found(second, 'prazo')).toEqual(['a:1:0']);
      expect(ids(await near(second, 0))).toEqual(['a:1:0']);
      await second.putEmbeddings('small', [{ passageId: 'a:1:1', vector: unitVector(dimensions, 0, 0.2) }]);
      expect(ids(await near(first, 0))).toEqual(['a:1:0', 'a:1:1']);
      await second.replaceDocuments([indexedDocument({ id: 'a', revision: 2, texts: ['Prazo.'] })]);
      expect(await found(first, 'prazo')).toEqual(['a:2:0']);
      expect(await near(first, 0)).toEqual([]);
      expect((await first.status()).revision).toBe((await second.status()).revision);
    });

    contract('the status of a handle follows what another one changes', async () => {
      const pair = await openPair();
      await using first = pair[0];
      await using second = pair[1];
      const before = await first.status();
      expect(before).toEqual(await first.status());
      await second.replaceDocuments([indexedDocument({ id: 'a', texts: ['Prazo.', 'Garantia.'] })]);
      const after = await first.status();
      expect(after).toMatchObject({ documents: 1, passages: 2 });
      expect(after.revision).not.toBe(before.revision);
      await second.deleteDocument('a');
      expect(await first.status()).toMatchObject({ documents: 0, passages: 0 });
    });

    contract('two handles that write at once both succeed', async () => {
      const pair = await openPair();
      await using first = pair[0];
      await using second = pair[1];
      const write = (index: SearchIndex, name: string): Promise<void>[] =>
        Array.from({ length: 10 }, (_, number) =>
          index.replaceDocuments([indexedDocument({ id: `${name}${number}`, texts: ['Prazo.', 'Garantia.'] })]),
        );
      await Promise.all([...write(first, 'a'), ...write(second, 'b')]);
      expect(await second.status()).toMatchObject({ documents: 20, passages: 40 });
      expect((await lexical(first, 'prazo', { limit: 100 })).hits).toHaveLength(20);
    });

    contract('a query sees a document whole while it is replaced again and again', async () => {
      await using index = await open();
      const texts = Array.from({ length: 20 }, () => 'Prazo de entrega.');
      await index.replaceDocuments([indexedDocument({ id: 'a', texts })]);
      const writer = { running: true };
      const writing = (async () => {
        for (let revision = 2; revision < 30; revision += 1) {
          await index.replaceDocuments([indexedDocument({ id: 'a', revision, texts })]);
        }
        writer.running = false;
      })();
      const seen: string[][] = [];
      while (writer.running) seen.push(ids((await lexical(index, 'prazo', { limit: 100 })).hits));
      await writing;
      for (const hits of seen) {
        expect(hits).toHaveLength(texts.length);
        expect(new Set(hits.map((id) => id.split(':')[1])).size).toBe(1);
      }
    });

    contract('closing twice is fine, and a closed index refuses', async () => {
      const index = await open();
      await index[Symbol.asyncDispose]();
      await index[Symbol.asyncDispose]();
      await expect(index.status()).rejects.toMatchObject({ code: 'internal' });
    });
  },
);
