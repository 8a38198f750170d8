import { expect, it } from 'vitest';
import { openMongoConversationStore } from '../../src/db/mongodb/conversations/mongo-conversation-store.ts';
import { openMongoDocumentStore } from '../../src/db/mongodb/documents/mongo-document-store.ts';
import { openMongoJobQueue } from '../../src/db/mongodb/mongo-job-queue.ts';
import { isAppError } from '../../src/errors/app-error.ts';
import type { DocumentDraft } from '../../src/models/document.ts';
import { eventually } from '../support/eventually.ts';
import { describeOnMongo } from '../support/mongo-backend.ts';
import { sweepADayLater } from '../support/mongo-leftovers.ts';
import { proxiedMongo, type ProxiedMongo } from '../support/mongo-proxy.ts';

const now = (): Date => new Date();
const draft: DocumentDraft = {
  collection: 'manuals',
  title: null,
  mediaType: 'text/plain',
  fileName: null,
  metadata: {},
  readers: ['everyone'],
  ownerId: 'usr_1',
};
const contentOf = (number: number): Buffer => Buffer.from(`document ${number} ${'and more '.repeat(50_000)}`);

describeOnMongo(() => {
  it('makes one whole document of each upload that is repeated until it is acknowledged', async () => {
    await using mongo = await proxiedMongo();
    await using store = openMongoDocumentStore({ connection: mongo.connection, now });
    await using direct = openMongoDocumentStore({ connection: mongo.direct, now });
    const numbers = [0, 1, 2, 3, 4, 5, 6, 7];
    const ids = await whileCut(mongo, numbers, async (number) => {
      const { document } = await store.accept(draft, contentOf(number));
      return document.id;
    });
    const everything = { filter: { collections: null, readers: null }, status: null };
    const { items } = await direct.list(everything, { limit: 100, after: null });
    expect(items.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    await sweepADayLater(mongo.direct);
    for (const number of numbers) {
      const revision = await direct.findRevision(ids[number]!, 1);
      expect(contentOf(number).equals(await revision!.original())).toBe(true);
    }
  });

  it('appends a turn once, also when it is repeated until it is acknowledged', async () => {
    await using mongo = await proxiedMongo();
    await using store = openMongoConversationStore({ connection: mongo.connection, now });
    await using direct = openMongoConversationStore({ connection: mongo.direct, now });
    const message = { text: '', createdAt: now(), rewritten: null, answer: null };
    const turn = (number: number) => ({
      question: { ...message, id: `msg_${number}`, role: 'user' as const },
      answer: { ...message, id: `ans_${number}`, role: 'assistant' as const },
    });
    const id = 'con_1';
    await store.create(
      { id, ownerId: 'usr_1', endUser: null, keyId: null, title: '', createdAt: now(), updatedAt: now() },
      turn(0),
    );
    const numbers = [1, 2, 3, 4, 5, 6, 7, 8];
    // That it is there already is an acknowledgement, too.
    await whileCut(mongo, numbers, (number) =>
      store.appendTurn(id, turn(number)).catch((error: unknown) => {
        if (!isAppError(error, 'already_exists')) throw error;
      }),
    );
    const ids = (await direct.messages(id, 100)).map((each) => each.id);
    const questions = ids.filter((each) => each.startsWith('msg'));
    expect(questions.toSorted()).toEqual([0, ...numbers].map((number) => `msg_${number}`));
    expect(ids).toEqual(questions.flatMap((question) => [question, question.replace('msg', 'ans')]));
  });

  it('goes on watching after the server was gone', async () => {
    await using mongo = await proxiedMongo();
    await using queue = openMongoJobQueue({ connection: mongo.connection, now });
    await using direct = openMongoJobQueue({ connection: mongo.direct, now });
    const { id } = await queue.enqueue({ kind: 'ingest', ownerId: 'usr_1', payload: {}, total: 1 });
    const seen: string[] = [];
    const stop = queue.watch(id, ({ status }) => void seen.push(status));
    await eventually(async () => expect(seen).toEqual(['queued']));
    await mongo.proxy.down();
    await direct.cancel(id);
    await expect(queue.find(id)).rejects.toMatchObject({ code: 'part_unavailable' });
    await mongo.proxy.up();
    await eventually(async () => expect(seen).toEqual(['queued', 'cancelled']));
    stop();
  });
});

/** Does all of these at once, again and again, until each was acknowledged, while connections are cut. */
async function whileCut<T>(
  { proxy, connection }: ProxiedMongo,
  numbers: readonly number[],
  attempt: (number: number) => Promise<T>,
): Promise<T[]> {
  await connection.check();
  const acknowledged = new Map<number, T>();
  const refusals: unknown[] = [];
  for (let round = 0; acknowledged.size < numbers.length; round += 1) {
    const waiting = numbers.filter((number) => !acknowledged.has(number));
    // Later in each round, and not at all at last.
    if (round < 6) proxy.cutAfter(100 + 400 * round);
    const outcomes = await Promise.allSettled(waiting.map(attempt));
    proxy.cutAfter(Infinity);
    for (const [index, outcome] of outcomes.entries()) {
      if (outcome.status === 'fulfilled') acknowledged.set(waiting[index]!, outcome.value);
      else refusals.push(outcome.reason);
    }
    await eventually(() => connection.check());
  }
  expect(proxy.stats.faults).toBeGreaterThan(6);
  expect(refusals.length).toBeGreaterThan(0);
  expect(refusals.filter((refusal) => !isAppError(refusal, 'part_unavailable'))).toEqual([]);
  return numbers.map((number) => acknowledged.get(number)!);
}
