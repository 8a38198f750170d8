import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { openMongo, type MongoConnection } from '../../src/db/mongodb/connection.ts';
import { createMongoSecretStore } from '../../src/db/mongodb/accounts/mongo-secret-store.ts';
import { eventually } from '../support/eventually.ts';
import { describeOnMongo, mongoUrl } from '../support/mongo-backend.ts';
import { proxiedMongo } from '../support/mongo-proxy.ts';

const unavailable = { code: 'part_unavailable', retryAfterSeconds: 5 };
const secondsMost = 12;

interface Note {
  _id: number;
}

const write = (connection: MongoConnection, id: number): Promise<unknown> =>
  connection.run((database) => database.collection<Note>('notes').insertOne({ _id: id }));

async function recovers(connection: MongoConnection): Promise<void> {
  const since = performance.now();
  await eventually(() => connection.check());
  expect(performance.now() - since).toBeLessThan(5000);
}

async function isRefusedInTime(call: Promise<unknown>): Promise<void> {
  const since = performance.now();
  await expect(call).rejects.toMatchObject(unavailable);
  expect(performance.now() - since).toBeLessThan(secondsMost * 1000);
}

describeOnMongo(() => {
  it('waits for a server that comes later, and prepares its schema then', async () => {
    await using mongo = await proxiedMongo();
    await mongo.proxy.down();
    await isRefusedInTime(mongo.connection.check());
    await mongo.proxy.up();
    await recovers(mongo.connection);
    await write(mongo.connection, 1);
  });

  it('goes on after the server was gone', async () => {
    await using mongo = await proxiedMongo();
    await write(mongo.connection, 1);
    await mongo.proxy.down();
    await isRefusedInTime(write(mongo.connection, 2));
    await mongo.proxy.up();
    await recovers(mongo.connection);
    await write(mongo.connection, 3);
  });

  it('ends what a server does not answer, and goes on when it answers again', async () => {
    await using mongo = await proxiedMongo();
    await write(mongo.connection, 1);
    mongo.proxy.blackhole(true);
    await isRefusedInTime(write(mongo.connection, 2));
    expect(mongo.proxy.stats.faults).toBeGreaterThan(0);
    mongo.proxy.blackhole(false);
    await recovers(mongo.connection);
  });

  it('ends what takes ten seconds', async () => {
    await using mongo = await proxiedMongo();
    await mongo.connection.check();
    mongo.proxy.delay(10_000);
    await isRefusedInTime(write(mongo.connection, 1));
    mongo.proxy.delay(0);
    await recovers(mongo.connection);
  });

  it('reads replies that come in pieces', async () => {
    await using mongo = await proxiedMongo();
    mongo.proxy.slice(3);
    await write(mongo.connection, 1);
    expect(mongo.proxy.stats.faults).toBeGreaterThan(0);
  });

  it('keeps every acknowledged write of many that are cut off', async () => {
    await using mongo = await proxiedMongo();
    await mongo.connection.check();
    const acknowledged: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      const ids = Array.from({ length: 10 }, (_, index) => round * 10 + index);
      const writes = ids.map((id) => write(mongo.connection, id));
      if (round % 2 === 0) mongo.proxy.cut();
      else mongo.proxy.cutAfter(20);
      const outcomes = await Promise.allSettled(writes);
      mongo.proxy.cutAfter(Infinity);
      acknowledged.push(...ids.filter((_, index) => outcomes[index]?.status === 'fulfilled'));
      await recovers(mongo.connection);
    }
    expect(mongo.proxy.stats.faults).toBeGreaterThan(0);
    const notes = await mongo.direct.run((database) => database.collection<Note>('notes').find().toArray());
    expect(notes.map(({ _id: id }) => id)).toEqual(expect.arrayContaining(acknowledged));
  });

  it('can repeat what was cut off: a secret stays the same', async () => {
    await using mongo = await proxiedMongo();
    const secrets = createMongoSecretStore(mongo.connection);
    await mongo.connection.check();
    const cutOff = secrets.getOrCreate('key', new Uint8Array([1])).catch(() => undefined);
    mongo.proxy.cutAfter(10);
    await cutOff;
    mongo.proxy.cutAfter(Infinity);
    await recovers(mongo.connection);
    const secret = await secrets.getOrCreate('key', new Uint8Array([2]));
    expect(await createMongoSecretStore(mongo.direct).getOrCreate('key', new Uint8Array([3]))).toEqual(secret);
  });

  it('says that a password is wrong, without saying it', async () => {
    const { host } = new URL(mongoUrl);
    await using connection = openMongo({ url: `mongodb://billumy_test_nobody:geheim@${host}/` });
    const refusal = await connection.check().catch((error: unknown) => error);
    expect(refusal).toMatchObject({ ...unavailable, detail: 'MongoDB refuses the user or the password in MONGO_URL.' });
    expect(JSON.stringify(refusal)).not.toContain('geheim');
  });
});

it('says that something else answers', async () => {
  const server = createServer((socket) => socket.on('error', () => undefined).write(Buffer.alloc(64, 0xff)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  {
    await using connection = openMongo({ url: `mongodb://127.0.0.1:${(server.address() as AddressInfo).port}` });
    await expect(connection.check()).rejects.toMatchObject({
      ...unavailable,
      detail: 'What answers at the address in MONGO_URL does not speak the protocol of MongoDB.',
    });
  }
  server.close();
});

it('asks an absent server once for many calls', async () => {
  await using connection = openMongo({ url: 'mongodb://127.0.0.1:1' });
  const refusals = await Promise.allSettled(Array.from({ length: 20 }, () => connection.check()));
  refusals.push(...(await Promise.allSettled([connection.check()])));
  const causes = refusals.map((refusal) => refusal.status === 'rejected' && (refusal.reason as Error).cause);
  expect(new Set(causes).size).toBe(1);
});
