import { randomBytes } from 'node:crypto';
import { Client } from '@opensearch-project/opensearch';
import { Redis } from 'ioredis';
import { MongoClient } from 'mongodb';
import { describe, expect, it } from 'vitest';

const openSearchUrl = process.env['BILLUMY_TEST_OPENSEARCH_URL'] ?? '';
const mongoUrl = process.env['BILLUMY_TEST_MONGO_URL'] ?? '';
const redisUrl = process.env['BILLUMY_TEST_REDIS_URL'] ?? '';
const name = `billumy_test_${randomBytes(8).toString('hex')}`;

describe.skipIf(openSearchUrl === '')(
  'OpenSearch (set BILLUMY_TEST_OPENSEARCH_URL to the address of one to run it)',
  () => {
    it('finds the nearest vector by the k-NN plugin', async () => {
      const client = new Client({ node: openSearchUrl });
      const vector = {
        type: 'knn_vector' as const,
        dimension: 2,
        method: { name: 'hnsw', engine: 'lucene', space_type: 'l2' },
      };
      try {
        await client.indices.create({
          index: name,
          body: { settings: { index: { knn: true, number_of_replicas: 0 } }, mappings: { properties: { vector } } },
        });
        await client.index({ index: name, id: 'near', body: { vector: [1, 1] } });
        await client.index({ index: name, id: 'far', body: { vector: [9, 9] }, refresh: true });
        const { body } = await client.search({
          index: name,
          body: { query: { knn: { vector: { vector: [2, 2], k: 1 } } } },
        });
        expect(body.hits.hits.map(({ _id: id }) => id)).toEqual(['near']);
      } finally {
        await client.indices.delete({ index: name, ignore_unavailable: true });
        await client.close();
      }
    });
  },
);

describe.skipIf(mongoUrl === '')('MongoDB (set BILLUMY_TEST_MONGO_URL to the address of one to run it)', () => {
  it('acknowledges a write by a majority, once', async () => {
    await using client = new MongoClient(mongoUrl, { writeConcern: { w: 'majority', journal: true } });
    const database = client.db(name);
    try {
      const notes = database.collection<{ _id: string }>('notes');
      expect(await notes.insertOne({ _id: 'first' })).toMatchObject({ acknowledged: true });
      await expect(notes.insertOne({ _id: 'first' })).rejects.toMatchObject({ code: 11000 });
      expect(await notes.countDocuments()).toBe(1);
    } finally {
      await database.dropDatabase();
    }
  });
});

describe.skipIf(redisUrl === '')('Redis (set BILLUMY_TEST_REDIS_URL to the address of one to run it)', () => {
  it('answers', async () => {
    const client = new Redis(redisUrl);
    try {
      expect(await client.ping()).toBe('PONG');
    } finally {
      client.disconnect();
    }
  });
});
