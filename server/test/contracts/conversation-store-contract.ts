import { expect } from 'vitest';
import type { Message, NewConversation } from '../../src/models/conversation.ts';
import type { ConversationStore, Turn } from '../../src/ports/conversation-store.ts';
import { defineContract, type Deviation } from '../support/define-contract.ts';
import { sampleAnswer } from '../support/sample-answer.ts';

export interface ConversationStoreHarness {
  deviations?: readonly Deviation[];
  /** Two clients of one empty store. */
  openPair(): Promise<AsyncDisposable & { stores: readonly [ConversationStore, ConversationStore] }>;
}

const at = (minute: number): Date => new Date(Date.UTC(2026, 0, 1, 0, minute));

const conversation = (id: string, change: Partial<NewConversation> = {}): NewConversation => ({
  id,
  ownerId: 'usr_1',
  endUser: null,
  keyId: null,
  title: `About ${id}`,
  createdAt: at(0),
  updatedAt: at(0),
  ...change,
});

const message = (id: string, change: Partial<Message> = {}): Message => ({
  id,
  role: 'user',
  text: `Prazo de ${id}? 🚚`,
  createdAt: at(1),
  rewritten: null,
  answer: null,
  ...change,
});

const turn = (name: string, minute = 1): Turn => ({
  question: message(`msg_${name}`, { createdAt: at(minute), rewritten: `Qual é o prazo de ${name}?` }),
  answer: message(`ans_${name}`, {
    role: 'assistant',
    createdAt: at(minute),
    answer: sampleAnswer({ id: `ans_${name}`, conversationId: null }),
  }),
});

const firstPage = { limit: 100, after: null };
const owner = { ownerId: 'usr_1', endUser: null, keyId: null };

export const conversationStoreContract = defineContract<ConversationStoreHarness>(
  'conversation store',
  (it, harness) => {
    it('gives back a conversation and its messages as they were stored', async () => {
      await using pair = await harness.openPair();
      const [store, other] = pair.stores;
      await store.create(conversation('con_1', { endUser: 'maria' }), turn('a'));
      expect(await other.find('con_1')).toEqual({ ...conversation('con_1', { endUser: 'maria' }), turns: 1 });
      const { question, answer } = turn('a');
      expect(await other.messages('con_1', 100)).toEqual([
        { ...question, rating: null },
        { ...answer, rating: null },
      ]);
    });

    it('finds nothing where nothing is', async () => {
      await using pair = await harness.openPair();
      const [store] = pair.stores;
      expect(await store.find('con_none')).toBeUndefined();
      expect(await store.messages('con_none', 10)).toEqual([]);
      await expect(store.delete('con_none')).resolves.toBeUndefined();
      await expect(store.rename('con_none', 'x')).rejects.toMatchObject({ code: 'not_found' });
      await expect(store.appendTurn('con_none', turn('a'))).rejects.toMatchObject({ code: 'not_found' });
      await expect(store.putFeedback('con_none', feedback('ans_a'))).rejects.toMatchObject({ code: 'not_found' });
    });

    it('creates a conversation once', async () => {
      await using pair = await harness.openPair();
      const [store, other] = pair.stores;
      await store.create(conversation('con_1'), turn('a'));
      await expect(other.create(conversation('con_1'), turn('b'))).rejects.toMatchObject({ code: 'already_exists' });
      expect((await store.messages('con_1', 100)).map(({ id }) => id)).toEqual(['msg_a', 'ans_a']);
    });

    it('lists the conversations of one owner and one end user, last changed first, page by page', async () => {
      await using pair = await harness.openPair();
      const [store] = pair.stores;
      for (const name of ['1', '2', '3', '4', '5']) await store.create(conversation(`con_${name}`), turn(name));
      await store.create(conversation('con_of_maria', { endUser: 'maria' }), turn('maria'));
      await store.create(conversation('con_of_other', { ownerId: 'usr_2' }), turn('other'));
      await store.appendTurn('con_2', turn('later', 9));
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const page = await store.list(owner, { limit: 2, after });
        seen.push(...page.items.map(({ id }) => id));
        after = page.next;
      } while (after !== null);
      expect(seen).toEqual(['con_2', 'con_5', 'con_4', 'con_3', 'con_1']);
      const ofMaria = await store.list({ ...owner, endUser: 'maria' }, firstPage);
      expect(ofMaria.items.map(({ id }) => id)).toEqual(['con_of_maria']);
    });

    it('lists those of one key, and for no key all', async () => {
      await using pair = await harness.openPair();
      const [store] = pair.stores;
      await store.create(conversation('con_1'), turn('1'));
      await store.create(conversation('con_2', { keyId: 'key_1' }), turn('2'));
      await store.create(conversation('con_3', { keyId: 'key_2' }), turn('3'));
      const idsOf = async (keyId: string | null): Promise<string[]> =>
        (await store.list({ ...owner, keyId }, firstPage)).items.map(({ id }) => id);
      expect(await idsOf('key_1')).toEqual(['con_2']);
      expect(await idsOf(null)).toEqual(['con_3', 'con_2', 'con_1']);
      expect(await store.find('con_2')).toMatchObject({ keyId: 'key_1' });
    });

    it('rejects a cursor it did not give', async () => {
      await using pair = await harness.openPair();
      const [store] = pair.stores;
      await expect(store.list(owner, { limit: 2, after: 'bm9wZQ' })).rejects.toMatchObject({ code: 'invalid_request' });
    });

    it('renames', async () => {
      await using pair = await harness.openPair();
      const [store, other] = pair.stores;
      await store.create(conversation('con_1'), turn('a'));
      const renamed = { ...conversation('con_1', { title: 'Entregas' }), turns: 1 };
      expect(await store.rename('con_1', 'Entregas')).toEqual(renamed);
      expect((await other.find('con_1'))?.title).toBe('Entregas');
    });

    it('keeps the last messages, oldest first', async () => {
      await using pair = await harness.openPair();
      const [store] = pair.stores;
      await store.create(conversation('con_1'), turn('a'));
      await store.appendTurn('con_1', turn('b', 2));
      await store.appendTurn('con_1', turn('c', 3));
      expect((await store.messages('con_1', 3)).map(({ id }) => id)).toEqual(['ans_b', 'msg_c', 'ans_c']);
      expect((await store.find('con_1'))?.updatedAt).toEqual(at(3));
    });

    it('keeps all turns appended at once by two clients, whole and in one order', async () => {
      await using pair = await harness.openPair();
      const [one, other] = pair.stores;
      await one.create(conversation('con_1'), turn('0'));
      const names = Array.from({ length: 20 }, (_, index) => `${index + 1}`);
      const places = await Promise.all(
        names.map((name, index) => (index % 2 === 0 ? one : other).appendTurn('con_1', turn(name))),
      );
      const ids = (await one.messages('con_1', 100)).map(({ id }) => id);
      expect(await other.messages('con_1', 100)).toEqual(await one.messages('con_1', 100));
      expect(ids.toSorted()).toEqual(['0', ...names].flatMap((name) => [`ans_${name}`, `msg_${name}`]).toSorted());
      const placed = names.map((name, index) => [places[index]!, `msg_${name}`] as const);
      expect(ids.filter((_, index) => index % 2 === 0).slice(1)).toEqual(
        placed.toSorted(([a], [b]) => a - b).map(([, id]) => id),
      );
      expect(places.toSorted((a, b) => a - b)).toEqual(names.map((_, index) => index + 2));
      expect(await other.find('con_1')).toMatchObject({ turns: 21 });
      const pairs = ids.filter((_, index) => index % 2 === 0).map((id) => id.replace('msg', 'ans'));
      expect(ids.filter((_, index) => index % 2 === 1)).toEqual(pairs);
    });

    it('stores neither message when one of them cannot be', async () => {
      await using pair = await harness.openPair();
      const [store] = pair.stores;
      await store.create(conversation('con_1'), turn('a'));
      const half = { question: turn('b').question, answer: turn('a').answer };
      await expect(store.appendTurn('con_1', half)).rejects.toMatchObject({ code: 'already_exists' });
      expect(await store.messages('con_1', 100)).toHaveLength(2);
    });

    it('takes one feedback per message, of its own conversation only, and gives the last rating back', async () => {
      await using pair = await harness.openPair();
      const [store] = pair.stores;
      await store.create(conversation('con_1'), turn('a'));
      await store.create(conversation('con_2'), turn('b'));
      await store.putFeedback('con_1', feedback('ans_a'));
      await store.putFeedback('con_1', feedback('ans_a', 'down'));
      await expect(store.putFeedback('con_1', feedback('ans_b'))).rejects.toMatchObject({ code: 'not_found' });
      expect((await store.messages('con_1', 100)).map(({ rating }) => rating)).toEqual([null, 'down']);
      expect((await store.messages('con_2', 100)).map(({ rating }) => rating)).toEqual([null, null]);
    });

    it('deletes with everything in it', async () => {
      await using pair = await harness.openPair();
      const [store, other] = pair.stores;
      await store.create(conversation('con_1'), turn('a'));
      await store.putFeedback('con_1', feedback('ans_a'));
      await other.delete('con_1');
      expect(await store.find('con_1')).toBeUndefined();
      expect(await store.messages('con_1', 100)).toEqual([]);
      expect((await store.list(owner, firstPage)).items).toEqual([]);
      await store.create(conversation('con_1'), turn('a'));
      expect(await store.messages('con_1', 100)).toHaveLength(2);
    });
  },
);

function feedback(messageId: string, rating: 'up' | 'down' = 'up'): Parameters<ConversationStore['putFeedback']>[1] {
  return { messageId, rating, comment: 'não é isso', correction: null, createdAt: at(5) };
}
