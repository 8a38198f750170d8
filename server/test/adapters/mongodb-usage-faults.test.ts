import { expect, it } from 'vitest';
import type { MongoConnection } from '../../src/db/mongodb/connection.ts';
import { createMongoUsageStore } from '../../src/db/mongodb/usage/mongo-usage-store.ts';
import { settle, usageCollections, type UsageBatch } from '../../src/db/mongodb/usage/usage-batches.ts';
import { AppError } from '../../src/errors/app-error.ts';
import type { UsageEntry } from '../../src/models/usage.ts';
import type { UsageFilter } from '../../src/ports/usage-store.ts';
import { describeOnMongo, mongoPair } from '../support/mongo-backend.ts';
import { proxiedMongo } from '../support/mongo-proxy.ts';

const everything: UsageFilter = { from: '2026-01-01', to: '2026-12-31', userId: null };
const counts = { requests: 1, promptTokens: 100, cachedTokens: 40, completionTokens: 7 };
const entry: UsageEntry = { day: '2026-03-10', userId: 'usr_ana', keyId: null, model: 'nano', ...counts };
const entries = Array.from({ length: 5 }, (_, index) => ({ ...entry, model: `model${index}` }));

describeOnMongo(() => {
  it('completes a batch that a crash cut off between its sums, once, whoever reads first and however late', async () => {
    await using pair = await mongoPair((connection) => ({ connection, usage: createMongoUsageStore(connection) }));
    const batch: UsageBatch = { _id: 'dead/1', writer: 'dead', batch: 1, entries };
    await pair.first.connection.run(async (database) => {
      const collections = usageCollections(database);
      await settle(collections, { ...batch, entries: entries.slice(0, 2) });
      await collections.batches.insertOne(batch);
    });
    const totals = await Promise.all(
      Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? pair.first : pair.second).usage.total(everything)),
    );
    for (const total of totals) expect(total).toMatchObject({ requests: 5 });
    await pair.second.connection.run((database) => settle(usageCollections(database), batch));
    expect(await pair.first.usage.total(everything)).toMatchObject({ requests: 5, promptTokens: 500 });
  });

  it('sums entries of the same kind in one batch', async () => {
    await using pair = await mongoPair(createMongoUsageStore);
    await pair.first.add([entry, entry, { ...entry, keyId: 'key' }]);
    await pair.first.add([]);
    expect(await pair.second.total(everything)).toMatchObject({ requests: 3, completionTokens: 21 });
  });

  it('counts a batch once that was stored without an answer, and is repeated', async () => {
    await using pair = await mongoPair((connection) => connection);
    let lostAnswers = 2;
    const run: MongoConnection['run'] = async (work) => {
      const result = await pair.first.run(work);
      if (lostAnswers === 0) return result;
      lostAnswers -= 1;
      throw new AppError('part_unavailable');
    };
    const usage = createMongoUsageStore({ ...pair.first, run });
    await expect(usage.add(entries)).rejects.toMatchObject({ code: 'part_unavailable' });
    await usage.add([...entries, entry]);
    const { items } = await createMongoUsageStore(pair.second).list(everything, { limit: 100, after: null });
    expect(items.map(({ requests }) => requests)).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('counts what it acknowledged once, while connections are cut', async () => {
    await using mongo = await proxiedMongo();
    const usage = createMongoUsageStore(mongo.connection);
    await usage.add(entries);
    let acknowledged = 1;
    for (let round = 0; round < 6; round += 1) {
      const adding = usage.add(entries);
      if (round % 2 === 0) mongo.proxy.cut();
      else mongo.proxy.cutAfter(30 + 20 * round);
      await adding.then(
        () => (acknowledged += 1),
        () => undefined,
      );
      mongo.proxy.cutAfter(Infinity);
    }
    expect(mongo.proxy.stats.faults).toBeGreaterThan(0);
    const { items } = await createMongoUsageStore(mongo.direct).list(everything, { limit: 100, after: null });
    expect(items).toHaveLength(5);
    // Whole batches only, and none twice: what was not acknowledged is there completely or not at all.
    expect(new Set(items.map(({ requests }) => requests)).size).toBe(1);
    expect(items[0]?.requests).toBeGreaterThanOrEqual(acknowledged);
    expect(items[0]?.requests).toBeLessThanOrEqual(7);
  });
});
