import { expect } from 'vitest';
import type { Feedback, Message } from '../../src/models/conversation.ts';
import type { ConversationStore, Turn } from '../../src/ports/conversation-store.ts';
import type { FeedbackStore, ReviewedTurn } from '../../src/ports/feedback-store.ts';
import { defineContract, type Deviation } from '../support/define-contract.ts';
import { sampleAnswer } from '../support/sample-answer.ts';

export interface FeedbackStoreHarness {
  deviations?: readonly Deviation[];
  /** Empty stores of one place. */
  open(): Promise<AsyncDisposable & { conversations: ConversationStore; feedback: FeedbackStore }>;
}

const at = (minute: number): Date => new Date(Date.UTC(2026, 0, 1, 0, minute));

const turn = (name: string): Turn => {
  const message: Omit<Message, 'id' | 'role'> = { text: name, createdAt: at(1), rewritten: null, answer: null };
  const answer = sampleAnswer({ id: `ans_${name}` });
  return {
    question: { ...message, id: `msg_${name}`, role: 'user', rewritten: `Qual é o prazo de ${name}?` },
    answer: { ...message, id: `ans_${name}`, role: 'assistant', answer },
  };
};

const feedback = (name: string, minute: number, change: Partial<Feedback> = {}): Feedback => ({
  messageId: `ans_${name}`,
  rating: 'up',
  comment: null,
  correction: null,
  createdAt: at(minute),
  ...change,
});

const firstPage = { limit: 100, after: null };

export const feedbackStoreContract = defineContract<FeedbackStoreHarness>('feedback store', (it, harness) => {
  async function converse(store: ConversationStore, id: string, change: { names: string[]; ownerId?: string }) {
    const { names, ownerId = 'usr_1' } = change;
    const [first = '', ...others] = names;
    const record = { id, ownerId, endUser: null, keyId: null, title: id, createdAt: at(0), updatedAt: at(0) };
    await store.create(record, turn(first));
    for (const name of others) await store.appendTurn(id, turn(name));
  }

  const idsOf = (turns: readonly ReviewedTurn[]): string[] => turns.map(({ answer }) => answer.id);

  it('gives approved and corrected answers with their questions, the latest feedback first', async () => {
    await using stores = await harness.open();
    const { conversations } = stores;
    await converse(conversations, 'con_1', { names: ['a', 'b', 'c', 'd'] });
    const corrected = feedback('c', 9, { rating: 'down', correction: 'São 15 dias.', comment: 'errado' });
    await conversations.putFeedback('con_1', feedback('a', 5));
    await conversations.putFeedback('con_1', corrected);
    await conversations.putFeedback('con_1', feedback('d', 7, { rating: 'down' }));
    const { items, next } = await stores.feedback.approved('usr_1', firstPage);
    expect(items).toEqual([
      { ...turn('c'), feedback: corrected },
      { ...turn('a'), feedback: feedback('a', 5) },
    ]);
    expect(next).toBeNull();
  });

  it('forgets what was said before, and what was said of deleted conversations', async () => {
    await using stores = await harness.open();
    const { conversations } = stores;
    await converse(conversations, 'con_1', { names: ['a'] });
    await converse(conversations, 'con_2', { names: ['b'] });
    for (const [id, name] of [
      ['con_1', 'a'],
      ['con_2', 'b'],
    ] as const)
      await conversations.putFeedback(id, feedback(name, 5));
    await conversations.putFeedback('con_1', feedback('a', 6, { rating: 'down' }));
    await conversations.delete('con_2');
    expect((await stores.feedback.approved(null, firstPage)).items).toEqual([]);
  });

  it('tells those of one account, or of all, page by page', async () => {
    await using stores = await harness.open();
    const { conversations } = stores;
    const names = ['a', 'b', 'c', 'd', 'e'];
    await converse(conversations, 'con_1', { names });
    await converse(conversations, 'con_2', { names: ['other'], ownerId: 'usr_2' });
    for (const name of names) await conversations.putFeedback('con_1', feedback(name, 5));
    await conversations.putFeedback('con_2', feedback('other', 9));
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page = await stores.feedback.approved('usr_1', { limit: 2, after });
      seen.push(...idsOf(page.items));
      after = page.next;
    } while (after !== null);
    expect(seen).toEqual(['ans_e', 'ans_d', 'ans_c', 'ans_b', 'ans_a']);
    expect(idsOf((await stores.feedback.approved(null, firstPage)).items)).toEqual(['ans_other', ...seen]);
    expect(await stores.feedback.approved('usr_3', firstPage)).toEqual({ items: [], next: null });
  });

  it('rejects a cursor it did not give', async () => {
    await using stores = await harness.open();
    await expect(stores.feedback.approved(null, { limit: 2, after: 'bm9wZQ' })).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });
});
