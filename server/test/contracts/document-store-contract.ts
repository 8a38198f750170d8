import { expect } from 'vitest';
import type { DocumentDraft, ParsedDocument } from '../../src/models/document.ts';
import type { Page, PageRequest } from '../../src/models/page.ts';
import type { DocumentOutcome, DocumentStore } from '../../src/ports/document-store.ts';
import { defineContract, type Deviation } from '../support/define-contract.ts';
import { told } from '../../src/errors/told.ts';

export interface DocumentStoreHarness {
  deviations?: readonly Deviation[];
  /** A new, empty place to keep documents; every `open` is another client of it. */
  newBackend(): Promise<AsyncDisposable & { open(): Promise<DocumentStore> }>;
  passTime(milliseconds: number): void;
}

const everything = { collections: null, readers: null };
const firstPage = { limit: 100, after: null };
const bytes = (content: string): Uint8Array => new TextEncoder().encode(content);
const parsed = (text: string): ParsedDocument => ({
  title: null,
  text,
  sections: [],
  pages: [{ start: 0, number: 1 }],
});
const ready: DocumentOutcome = { status: 'ready', title: 'Found', passageCount: 3, pageCount: 2, language: 'pt' };
const torn = told`It is torn at ${told`page ${7}`} of "${'{0}.pdf'}".`;
const broken: DocumentOutcome = { status: 'failed', error: { code: 'document_broken', detail: torn } };

const draft = (change: Partial<DocumentDraft> = {}): DocumentDraft => ({
  collection: 'manuals',
  title: null,
  mediaType: 'text/plain',
  fileName: 'manual.txt',
  metadata: { year: 2026, final: true, author: 'Ana' },
  readers: ['everyone'],
  ownerId: 'usr_1',
  ...change,
});

export const documentStoreContract = defineContract<DocumentStoreHarness>('document store', (it, harness) => {
  it('gives back what was accepted', async () => {
    await using backend = await harness.newBackend();
    await using store = await backend.open();
    const { document, isNew } = await store.accept(draft(), bytes('olá'));
    expect(isNew).toBe(true);
    expect(document).toMatchObject({
      ...draft(),
      title: 'manual.txt',
      status: 'processing',
      revision: 0,
      latestRevision: 1,
      error: null,
      bytes: 4,
      passageCount: 0,
      language: null,
    });
    expect(await store.find(document.id)).toEqual(document);
    const revision = await store.findRevision(document.id, 1);
    expect(revision?.draft).toEqual(draft());
    expect(Buffer.from(await revision!.original()).toString()).toBe('olá');
    expect(await revision!.text()).toBeUndefined();
  });

  it('finds nothing where nothing is', async () => {
    await using backend = await harness.newBackend();
    await using store = await backend.open();
    const { document } = await store.accept(draft(), bytes('x'));
    expect(await store.find('doc_none')).toBeUndefined();
    expect(await store.findRevision(document.id, 2)).toBeUndefined();
    expect(await store.findRevision('doc_none', 1)).toBeUndefined();
    await store.delete('doc_none');
    await store.saveText('doc_none', 1, parsed('x'));
    await store.finish({ id: 'doc_none', revision: 1 }, ready);
    expect(await store.find('doc_none')).toBeUndefined();
  });

  it('keeps everything when it is opened again', async () => {
    await using backend = await harness.newBackend();
    const before = await backend.open();
    const { document } = await before.accept(draft(), bytes('kept'));
    await before.saveText(document.id, 1, parsed('kept text'));
    await before.finish({ id: document.id, revision: 1 }, ready);
    const stored = await before.find(document.id);
    await before[Symbol.asyncDispose]();
    await using after = await backend.open();
    expect(await after.find(document.id)).toEqual(stored);
    const revision = await after.findRevision(document.id, 1);
    expect(Buffer.from(await revision!.original()).toString()).toBe('kept');
    expect(await revision!.text()).toEqual(parsed('kept text'));
  });

  it('knows the same bytes in the same collection for the same readers', async () => {
    await using backend = await harness.newBackend();
    await using store = await backend.open();
    const { document } = await store.accept(draft(), bytes('same'));
    expect(await store.accept(draft({ fileName: 'other.txt' }), bytes('same'))).toEqual({ document, isNew: false });
    const others = [
      await store.accept(draft({ collection: 'letters' }), bytes('same')),
      await store.accept(draft({ readers: ['user:ana'] }), bytes('same')),
      await store.accept(draft(), bytes('different')),
    ];
    expect(others.map(({ isNew }) => isNew)).toEqual([true, true, true]);
  });

  it('makes one document of twenty accepted at once by two clients', async () => {
    await using backend = await harness.newBackend();
    await using first = await backend.open();
    await using second = await backend.open();
    const accepted = await Promise.all(
      Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? first : second).accept(draft(), bytes('race'))),
    );
    expect(new Set(accepted.map(({ document }) => document.id)).size).toBe(1);
    expect(accepted.filter(({ isNew }) => isNew)).toHaveLength(1);
    const revision = await second.findRevision(accepted[0]!.document.id, 1);
    expect(Buffer.from(await revision!.original()).toString()).toBe('race');
    expect((await first.list({ filter: everything, status: null }, firstPage)).items).toHaveLength(1);
  });

  it('shows a revision when it is ready, and the one before until then', async () => {
    await using backend = await harness.newBackend();
    await using store = await backend.open();
    const { document } = await store.accept(draft(), bytes('one'));
    await store.finish({ id: document.id, revision: 1 }, ready);
    expect(await store.find(document.id)).toMatchObject({
      title: 'Found',
      status: 'ready',
      revision: 1,
      passageCount: 3,
      pageCount: 2,
      language: 'pt',
    });
    const change = draft({ title: 'Second', readers: ['group:legal'], collection: 'letters', fileName: 'two.md' });
    const accepted = await store.accept(change, bytes('two'), document.id);
    expect(accepted).toMatchObject({ isNew: true, document: { id: document.id } });
    expect(await store.find(document.id)).toMatchObject({
      title: 'Found',
      readers: ['everyone'],
      collection: 'manuals',
      fileName: 'manual.txt',
      status: 'processing',
      revision: 1,
      latestRevision: 2,
      bytes: 3,
    });
    await store.finish({ id: document.id, revision: 2 }, { ...ready, title: 'Second', passageCount: 1 });
    expect(await store.find(document.id)).toMatchObject({ ...change, status: 'ready', revision: 2, passageCount: 1 });
    const old = await store.findRevision(document.id, 1);
    expect(Buffer.from(await old!.original()).toString()).toBe('one');
  });

  it('keeps the revision in force when the next one fails, and says why', async () => {
    await using backend = await harness.newBackend();
    await using store = await backend.open();
    const { document } = await store.accept(draft(), bytes('good'));
    await store.finish({ id: document.id, revision: 1 }, ready);
    await store.accept(draft(), bytes('bad'), document.id);
    await store.finish({ id: document.id, revision: 2 }, broken);
    expect(await store.find(document.id)).toMatchObject({
      status: 'failed',
      revision: 1,
      latestRevision: 2,
      title: 'Found',
      error: {
        code: 'document_broken',
        detail: torn,
      },
    });
    // What answers is the same document again; what failed is not.
    expect(await store.accept(draft(), bytes('good'))).toMatchObject({ isNew: false, document: { id: document.id } });
    expect(await store.accept(draft(), bytes('bad'))).toMatchObject({ isNew: true });
  });

  it('ends a revision once', async () => {
    await using backend = await harness.newBackend();
    await using store = await backend.open();
    const { document } = await store.accept(draft(), bytes('once'));
    await store.finish({ id: document.id, revision: 1 }, ready);
    await store.finish({ id: document.id, revision: 1 }, broken);
    expect(await store.find(document.id)).toMatchObject({ status: 'ready', error: null });
  });

  it('lets a late revision not replace a later one', async () => {
    await using backend = await harness.newBackend();
    await using store = await backend.open();
    const { document } = await store.accept(draft(), bytes('1'));
    await store.accept(draft(), bytes('2'), document.id);
    await store.finish({ id: document.id, revision: 2 }, { ...ready, title: 'Second' });
    await store.finish({ id: document.id, revision: 1 }, { ...ready, title: 'First' });
    expect(await store.find(document.id)).toMatchObject({ revision: 2, title: 'Second', status: 'ready' });
  });

  it('numbers the revisions of two clients without a gap', async () => {
    await using backend = await harness.newBackend();
    await using first = await backend.open();
    await using second = await backend.open();
    const { document } = await first.accept(draft(), bytes('start'));
    const accepted = await Promise.all(
      [1, 2, 3, 4, 5, 6].map((number) =>
        (number % 2 === 0 ? first : second).accept(draft(), bytes(`revision ${number}`), document.id),
      ),
    );
    expect(accepted.every(({ isNew }) => isNew)).toBe(true);
    expect(await second.find(document.id)).toMatchObject({ latestRevision: 7 });
    const originals = await Promise.all(
      [2, 3, 4, 5, 6, 7].map(async (number) => (await first.findRevision(document.id, number))!.original()),
    );
    expect(new Set(originals.map((content) => Buffer.from(content).toString())).size).toBe(6);
  });

  it('refuses a revision of an unknown document, or that is another document', async () => {
    await using backend = await harness.newBackend();
    await using store = await backend.open();
    await expect(store.accept(draft(), bytes('x'), 'doc_00')).rejects.toMatchObject({ code: 'not_found' });
    const { document } = await store.accept(draft(), bytes('mine'));
    await store.accept(draft(), bytes('theirs'));
    await expect(store.accept(draft(), bytes('theirs'), document.id)).rejects.toMatchObject({ code: 'already_exists' });
    expect(await store.find(document.id)).toMatchObject({ latestRevision: 1 });
  });

  it('lists page by page, newest first, what the filter and the status let through', async () => {
    await using backend = await harness.newBackend();
    await using store = await backend.open();
    const accept = async (change: Partial<DocumentDraft>, content: string): Promise<string> => {
      harness.passTime(1);
      return (await store.accept(draft(change), bytes(content))).document.id;
    };
    const open = await accept({}, 'a');
    const secret = await accept({ readers: ['group:legal', 'user:ana'] }, 'b');
    const letter = await accept({ collection: 'letters' }, 'c');
    await store.finish({ id: letter, revision: 1 }, ready);
    const ids = async (filter: object, status: 'ready' | null = null): Promise<string[]> =>
      (await store.list({ filter: { ...everything, ...filter }, status }, firstPage)).items.map(({ id }) => id);
    expect(await ids({})).toEqual([letter, secret, open]);
    expect(await ids({ collections: ['manuals'] })).toEqual([secret, open]);
    expect(await ids({ collections: [] })).toEqual([]);
    expect(await ids({ readers: ['everyone', 'user:bia'] })).toEqual([letter, open]);
    expect(await ids({ readers: ['everyone', 'user:ana'] })).toEqual([letter, secret, open]);
    expect(await ids({}, 'ready')).toEqual([letter]);
    const pageOf = (page: PageRequest): Promise<Page<{ id: string }>> =>
      store.list({ filter: everything, status: null }, page);
    const page = await pageOf({ limit: 2, after: null });
    expect(page.items.map(({ id }) => id)).toEqual([letter, secret]);
    const last = await pageOf({ limit: 2, after: page.next });
    expect(last).toMatchObject({ items: [{ id: open }], next: null });
    await expect(pageOf({ limit: 2, after: 'made-up' })).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('counts the documents of each collection that pass the filter', async () => {
    await using backend = await harness.newBackend();
    await using store = await backend.open();
    await store.accept(draft({ collection: 'b' }), bytes('1'));
    await store.accept(draft({ collection: 'b', readers: ['user:ana'] }), bytes('2'));
    await store.accept(draft({ collection: 'a', readers: ['user:ana'] }), bytes('3'));
    const counts = (readers: string[] | null, page: PageRequest = firstPage): Promise<Page<object>> =>
      store.collections({ collections: null, readers }, page);
    expect(await counts(null)).toEqual({
      items: [
        { name: 'a', documents: 1 },
        { name: 'b', documents: 2 },
      ],
      next: null,
    });
    expect(await counts(['everyone'])).toEqual({ items: [{ name: 'b', documents: 1 }], next: null });
    const page = await counts(null, { limit: 1, after: null });
    expect(page.items).toEqual([{ name: 'a', documents: 1 }]);
    expect(await counts(null, { limit: 1, after: page.next })).toMatchObject({ items: [{ name: 'b' }], next: null });
  });

  it('deletes records, bytes and texts, and takes the same bytes as a new document then', async () => {
    await using backend = await harness.newBackend();
    await using store = await backend.open();
    const { document } = await store.accept(draft(), bytes('gone'));
    await store.saveText(document.id, 1, parsed('gone'));
    await store.delete(document.id);
    await store.delete(document.id);
    expect(await store.find(document.id)).toBeUndefined();
    expect(await store.findRevision(document.id, 1)).toBeUndefined();
    const again = await store.accept(draft(), bytes('gone'));
    expect(again).toMatchObject({ isNew: true });
    expect(again.document.id).not.toBe(document.id);
  });

  it('keeps every text intact: line ends, astral characters, quotes', async () => {
    await using backend = await harness.newBackend();
    await using store = await backend.open();
    const { document } = await store.accept(draft({ title: `"';--\n😀` }), bytes('\0\r\n'));
    const text = parsed('a\r\nb\u2028"\'\\ 😀 çãõ');
    await store.saveText(document.id, 1, text);
    const revision = await store.findRevision(document.id, 1);
    expect(await revision!.text()).toEqual(text);
    expect([...(await revision!.original())]).toEqual([0, 13, 10]);
    expect(document.title).toBe(`"';--\n😀`);
  });

  it('may be closed twice', async () => {
    await using backend = await harness.newBackend();
    const store = await backend.open();
    await store[Symbol.asyncDispose]();
    await store[Symbol.asyncDispose]();
  });
});
